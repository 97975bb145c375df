"""Coordination meetings: when they fall, when units are told, what is spoken about, how people
write a time."""
