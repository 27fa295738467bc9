using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// What the sharp forms of Lemmas 1 to 4 have in common: on <see cref="PairedProjections"/>, δ at the smallest rank that does bounds the left side, for a pair
/// of matrices with equality, and a search finds that δ.
/// </summary>
internal static class SharpRipLemma
{
    private const int FrameStream = 21;
    private const int ThetaStream = 22;
    private const int Others = 4;

    /// <summary>Moves an instance to dimensions in which the ranks of the lemmas are below the full one.</summary>
    public static TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance with { Dimension = Math.Clamp(instance.Dimension, 4, 7) };
    }

    /// <summary>Makes the form of an instance: P' of P's dimension, or of one.</summary>
    public static PairedProjections Create(TheoryInstance instance, bool isSecondEqual)
    {
        double theta = 0.2 + (0.7 * new RandomSequence(instance.Stream(ThetaStream)).NextUniform());
        int first = isSecondEqual ? instance.Dimension / 2 : instance.Dimension - 1;
        return new PairedProjections(instance.Stream(FrameStream), instance.Dimension, first, isSecondEqual, theta);
    }

    /// <summary>Judges a lemma.</summary>
    /// <param name="id">The statement's id.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="pair">The form.</param>
    /// <param name="rank">The rank at which δ is taken.</param>
    /// <param name="share">What δ is multiplied by: 1, or less for a control.</param>
    /// <param name="extreme">The pair of matrices with equality.</param>
    /// <param name="ranks">The ranks of both matrices.</param>
    /// <param name="quotient">Left side over the norms on the right side.</param>
    public static CheckResult Judge(
        string id,
        TheoryInstance instance,
        PairedProjections pair,
        int rank,
        double share,
        (Matrix X, Matrix Y) extreme,
        (int X, int Y) ranks,
        Func<Matrix, Matrix, double> quotient)
    {
        double delta = pair.Delta(rank), found = RipConstants.LowerBound(pair.Form, rank, instance.Seed).Delta, others = 0;
        int d = instance.Dimension;
        for (int index = 1; index <= Others; index++)
        {
            Matrix x = new(instance.CreateSymmetric(index, ranks.X), d, d), y = new(instance.CreateSymmetric(10 + index, ranks.Y), d, d);
            (Matrix alignedX, Matrix alignedY) = RipLemma.Aligned(pair.Form, x, ranks.X, ranks.Y);
            others = Math.Max(others, Math.Max(quotient(x, y), quotient(alignedX, alignedY)));
        }

        double attained = quotient(extreme.X, extreme.Y);
        string bound = FormattableString.Invariant($"{(share == 1 ? "" : share)}δ_{rank}");
        return CheckResult.Judge(
            id,
            [],
            Inequality.AtMost($"left side/norms on random and searched matrices ≤ {bound}", others, share * delta, 1e-12),
            Inequality.AtMost($"left side/norms on the extreme pair ≤ {bound}", attained, share * delta, 1e-12),
            Inequality.AtLeast($"left side/norms on the extreme pair ≥ 0.99δ_{rank}", attained, 0.99 * delta),
            Inequality.AtMost($"δ_{rank} found by search ≤ δ_{rank}", found, delta, 1e-9),
            Inequality.AtLeast($"δ_{rank} found by search ≥ 0.99δ_{rank}", found, 0.99 * delta)) with
        {
            Note = FormattableString.Invariant($"d = {d}: δ_{rank} = {delta:G6}, δ_d = {RipConstants.Exact(pair.Form).Delta:G6}"),
        };
    }
}
