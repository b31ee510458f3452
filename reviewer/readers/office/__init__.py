"""What the readers of Word and PowerPoint files share: parts, colours, and remarks."""
