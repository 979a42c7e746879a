"""The wall on a screen: links, slides, what they say."""
