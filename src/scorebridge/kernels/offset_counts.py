"""Histograms of offsets, and the fullest bin of each document. See `retrieval.constellation`."""

from __future__ import annotations

from scorebridge.kernels.compiler import kernel


@kernel("i8[:,:] i8[:,:] f4[:,:] f8[:] i8[:] f4[:] i8[:]")
def fullest_bins(owner, bins, weight, scores, keys, sums, latest):
    """Raise `scores` to the sum of the fullest bin; each row of the matches counts once a bin.

    The histogram is a hash table with open addressing, since few of the possible bins occur.

    owner : [rows, k], document of each match, < 0 for none. bins, weight : of each match.
    scores : result, [documents]. keys, sums, latest : scratch, [size], size a power of two.
    """
    count, k = owner.shape
    size = len(keys)
    for slot in range(size):
        keys[slot] = -1
        sums[slot] = 0.0
        latest[slot] = -1  # the last row that was counted there
    for i in range(count):
        for m in range(k):  # best first, so the first of a row in a bin is its best
            if owner[i, m] < 0:  # a search by clusters may find fewer than k
                continue
            key = (owner[i, m] << 24) + bins[i, m] + (1 << 22)
            slot = (key * 0x9E3779B97F4A7C1) & (size - 1)
            slot = (slot ^ (key >> 24)) & (size - 1)
            while keys[slot] != key and keys[slot] != -1:
                slot = (slot + 1) & (size - 1)
            if latest[slot] == i:
                continue
            keys[slot], latest[slot] = key, i
            sums[slot] += weight[i, m]
            if sums[slot] > scores[owner[i, m]]:
                scores[owner[i, m]] = sums[slot]
