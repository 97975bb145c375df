"""A local Telegram to try and test the bot in, with a sample programme and a movable clock."""
