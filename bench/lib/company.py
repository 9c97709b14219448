"""A company that has talked for five years: who is in which of its rooms, of which those with lower numbers are larger."""

from datetime import timedelta

ROOMS, PEOPLE = 200, 300
SPAN = timedelta(days=5 * 365)
QUIET = ROOMS  # one more room, large in the first year, in which nothing was said since
MEMBERS = {
    "everywhere": range(ROOMS),
    "in fifty rooms": range(0, ROOMS, 4),
    "in three small rooms": (150, 171, 193),
    "in one large, quiet room": (QUIET,),
}
SPOKEN_OF = 77  # this person is in all of them, and has written as much as everybody
OFTEN = "kubernetes"  # in every fifth message, and never in the rooms of those who are in few
RARE = "xylophone"  # in ten messages
