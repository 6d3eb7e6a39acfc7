"""What a learner keeps: notes, things to do tomorrow, and a survey."""
