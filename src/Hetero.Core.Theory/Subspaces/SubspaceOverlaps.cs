using Hetero.Core.Problems;

namespace Hetero.Core.Theory.Subspaces;

/// <summary>Draws of ε1 = ‖U*ᵀV*‖ for two independent Haar-random frames: the Q of Gaussian matrices, as in Proposition 1.</summary>
internal static class SubspaceOverlaps
{
    /// <summary>Returns ε1 of each draw; draw i uses the streams of trial i, two indices from <paramref name="streamIndex"/> on.</summary>
    public static double[] Draw(TheoryInstance instance, int streamIndex, int dimension, int invariantRank, int spuriousRank, int draws)
    {
        double[] overlaps = new double[draws];
        for (int draw = 0; draw < draws; draw++)
        {
            Matrix u = new(HaarFrame.Draw(instance.Stream(streamIndex, draw), dimension, invariantRank), dimension, invariantRank);
            Matrix v = new(HaarFrame.Draw(instance.Stream(streamIndex + 1, draw), dimension, spuriousRank), dimension, spuriousRank);
            overlaps[draw] = (u.T * v).Norm();
        }

        return overlaps;
    }
}
