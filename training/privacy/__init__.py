"""What we hold on a person, why, and for how long"""
