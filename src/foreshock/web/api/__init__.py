"""The API: a file for each thing that it tells, whose ``router`` the app finds."""
