"""Letters, mails and messages: what they are for, and what they do."""
