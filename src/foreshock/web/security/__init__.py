"""What every request passes before the desk sees it, and every answer on its way out."""
