"""The steps, one file each; what is here is never changed once it was released."""
