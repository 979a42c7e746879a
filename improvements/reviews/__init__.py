"""The rhythm in which a journey is looked at again: agenda, mails, minutes."""
