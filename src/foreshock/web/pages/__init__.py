"""The pages: a file each, whose ``router`` the app finds."""
