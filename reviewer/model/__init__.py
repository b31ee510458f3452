"""The one way to a model: any OpenAI-compatible endpoint, asked politely and believed in nothing."""
