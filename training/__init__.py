"""The workforce: who must learn what, and who has"""
