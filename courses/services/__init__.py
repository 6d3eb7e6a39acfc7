"""What can be done here: publish, load, learn, finish, take another way."""
