"""Board packs: drafted, explained, frozen, restated"""
