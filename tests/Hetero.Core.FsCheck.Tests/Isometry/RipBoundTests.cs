using FsCheck.Xunit;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Sensing;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Isometry;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Isometry;

/// <summary>
/// (8) and Lemmas 1 to 4 with the exact δ at the rank that each needs, on forms whose δ is known at every rank. They are deterministic
/// statements: a failure on any seed is a fault.
/// </summary>
[DailySeed(100, Arbitrary = [typeof(IsometryArbitraries)])]
public class RipBoundTests
{
    private const double RoundOff = 1e-12;

    [Property]
    public void Ratios_lie_within_the_exact_constant_and_reach_it(IsometryCase given)
    {
        IsometryForm form = given.Isometry.CreateForm();
        double delta = given.Delta(given.Rank);
        for (ulong index = 0; index < 5; index++)
        {
            (Matrix matrix, _, _) = PlainFrame.DrawSymmetric(given.Dimension, given.Rank, given.Seed + (2 * index));
            Assert.InRange(form.Ratio(matrix.ToSvec()), 1 - delta - RoundOff, 1 + delta + RoundOff);
        }

        Assert.Equal(delta, Math.Abs(form.Ratio(given.Isometry.Extreme(given.Rank).ToSvec()) - 1), RoundOff);
    }

    [Property]
    public void The_error_operator_is_what_the_form_adds_to_the_identity(IsometryCase given)
    {
        (Matrix x, _, _) = PlainFrame.DrawSymmetric(given.Dimension, given.Dimension, given.Seed);
        Assert.InRange((Error(given.Isometry.CreateForm(), x) - given.Isometry.Error(x)).Entries.Max(Math.Abs), 0, RoundOff);
    }

    // (27): |⟨E∘(X), Y⟩| ≤ δ‖X‖_F‖Y‖_F for X, Y of rank r, with δ at rank 2r. An equality for the projections of an equal pair.
    [Property]
    public void Lemma_1_holds_with_the_constant_at_rank_2r(IsometryCase given)
    {
        IsometryForm form = given.Isometry.CreateForm();
        double delta = given.Delta(2 * given.Rank);
        (Matrix x, double size, _) = PlainFrame.DrawSymmetric(given.Dimension, given.Rank, given.Seed);
        (Matrix y, double other, _) = PlainFrame.DrawSymmetric(given.Dimension, given.Rank, given.Seed + 2);
        AtMost(Math.Abs(Error(form, x).Inner(y)), delta * size * other);

        // The nearest Y of rank r to E∘(X) makes the most of it, and the nearest X to E∘(Y) still more.
        (Matrix alignedX, Matrix alignedY) = RipLemma.Aligned(form, x, given.Rank, given.Rank);
        AtMost(Math.Abs(Error(form, alignedX).Inner(alignedY)), delta);

        if (given.Isometry.Kind == IsometryKind.EqualPair && given.Rank <= given.Isometry.Rank)
        {
            (x, y) = (given.Isometry.First(given.Rank), given.Isometry.Second(given.Rank));
            Assert.Equal(delta, Math.Abs(Error(form, x).Inner(y)), RoundOff);
        }
    }

    // (28): ‖E∘(X)Z‖ ≤ δ‖X‖_F‖Z‖ for X of rank r and any Z, with δ at rank r + 1. An equality for P and the direction of P' of an uneven pair.
    [Property]
    public void Lemma_2_holds_with_the_constant_at_rank_r_plus_1(IsometryCase given)
    {
        IsometryForm form = given.Isometry.CreateForm();
        double delta = given.Delta(given.Rank + 1);
        (Matrix x, double size, _) = PlainFrame.DrawSymmetric(given.Dimension, given.Rank, given.Seed);
        AtMost((Error(form, x) * Panel(given)).Norm(), delta * size);
        AtMost(Error(form, x).Norm(), delta * size);
        if (IsUneven(given))
        {
            Assert.Equal(delta, (Error(form, given.Isometry.First(given.Rank)) * Direction(given.Isometry.Second(1))).Norm(), RoundOff);
        }
    }

    // (29): |⟨E∘(X), Y⟩| ≤ δ‖X‖_*‖Y‖_F for any X and Y of rank r, with δ at rank r + 1. An equality for the same pair in the other order.
    [Property]
    public void Lemma_3_holds_with_the_constant_at_rank_r_plus_1(IsometryCase given)
    {
        IsometryForm form = given.Isometry.CreateForm();
        double delta = given.Delta(given.Rank + 1);
        (Matrix x, _, double nuclear) = PlainFrame.DrawSymmetric(given.Dimension, given.Dimension, given.Seed);
        (Matrix y, double size, _) = PlainFrame.DrawSymmetric(given.Dimension, given.Rank, given.Seed + 2);
        AtMost(Math.Abs(Error(form, x).Inner(y)), delta * nuclear * size);
        if (IsUneven(given))
        {
            Assert.Equal(delta, Math.Abs(Error(form, given.Isometry.Second(1)).Inner(given.Isometry.First(given.Rank))), RoundOff);
        }
    }

    // (30): ‖E∘(X)Z‖ ≤ δ‖X‖_*‖Z‖ for any X and Z, with δ at rank 2. An equality for P' and a direction of P of an uneven pair.
    [Property]
    public void Lemma_4_holds_with_the_constant_at_rank_2(IsometryCase given)
    {
        IsometryForm form = given.Isometry.CreateForm();
        double delta = given.Delta(2);
        (Matrix x, _, double nuclear) = PlainFrame.DrawSymmetric(given.Dimension, given.Dimension, given.Seed);
        AtMost((Error(form, x) * Panel(given)).Norm(), delta * nuclear);
        AtMost(Error(form, x).Norm(), delta * nuclear);
        if (given.Isometry.Kind == IsometryKind.UnevenPair)
        {
            Assert.Equal(delta, (Error(form, given.Isometry.Second(1)) * Direction(given.Isometry.First(1))).Norm(), RoundOff);
        }
    }

    // At the ranks that the paper prints the left sides of the equalities above exceed the right sides, by these factors exactly.
    [Property]
    public void At_the_printed_ranks_all_four_fail(IsometryCase given)
    {
        IsometryForm form = given.Isometry.CreateForm();
        int r = Math.Min(given.Rank, given.Isometry.Rank);
        if (given.Isometry.Kind == IsometryKind.EqualPair)
        {
            Assert.Equal(2, Math.Abs(Error(form, given.Isometry.First(r)).Inner(given.Isometry.Second(r))) / given.Delta(r), 1e-9);
        }
        else if (given.Isometry.Kind == IsometryKind.UnevenPair)
        {
            Matrix direction = given.Isometry.Second(1);
            double factor = r == 1 ? 2 : Math.Sqrt(r / (r - 1.0));
            Assert.Equal(factor, (Error(form, given.Isometry.First(r)) * Direction(direction)).Norm() / given.Delta(r), 1e-9);
            Assert.Equal(factor, Math.Abs(Error(form, direction).Inner(given.Isometry.First(r))) / given.Delta(r), 1e-9);
            Assert.Equal(2, (Error(form, direction) * Direction(given.Isometry.First(1))).Norm() / given.Delta(1), 1e-9);
        }
    }

    private static bool IsUneven(IsometryCase given) => given.Isometry.Kind == IsometryKind.UnevenPair && given.Rank <= given.Isometry.Rank;

    private static void AtMost(double left, double right) => Assert.InRange(left, 0, right + RoundOff);

    private static Matrix Error(IsometryForm form, Matrix x)
    {
        double[] error = new double[form.SvecLength];
        form.ApplyError(x.ToSvec(), error);
        return Matrix.OfSvec(error, form.Dimension);
    }

    /// <summary>Z of r columns: orthonormal ones times 1, ½, ⅓, …, so that ‖Z‖ = 1.</summary>
    private static Matrix Panel(IsometryCase given)
    {
        Matrix panel = PlainFrame.Draw(given.Dimension, given.Rank, given.Seed + 4);
        for (int i = 0; i < panel.Rows; i++)
        {
            for (int j = 0; j < panel.Columns; j++)
            {
                panel[i, j] /= j + 1;
            }
        }

        return panel;
    }

    /// <summary>v of vvᵀ, up to its sign.</summary>
    private static Matrix Direction(Matrix projection)
    {
        int pivot = Enumerable.Range(0, projection.Rows).MaxBy(i => projection[i, i]);
        return (1 / Math.Sqrt(projection[pivot, pivot])) * projection.Column(pivot);
    }
}
