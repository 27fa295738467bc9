using System.Globalization;
using Hetero.Core.Sensing;

namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// Measurements on which Lemmas 1 to 4 are false with δ at the rank r that they print: H = GᵀG/m = I + θ(ww'ᵀ + w'wᵀ) with w = svec(P)/√r, w' = svec(P')/√r',
/// P and P' projections of ranks r and r' onto orthogonal subspaces, 0 &lt; θ ≤ 1. Then ⟨E∘(P)/√r, P'⟩/√r' = θ.
/// </summary>
/// <remarks>
/// δ_r is the largest 2θ⟨M, P⟩⟨M, P'⟩/√(rr') over ‖M‖_F = 1 of rank r. As ab ≤ (λa + b/λ)²/4, it is at most θ/2 times the square of the norm of the r largest
/// singular values of T = λP/√r + P'/(λ√r'), for any λ &gt; 0.
/// <list type="bullet">
/// <item>r' = r: at λ = 1 T has 2r singular values 1/√r, the norm is 1 and δ_r ≤ θ/2, attained by M = uuᵀ + … with every u halfway between the
/// subspaces. So Lemma 1 fails by a factor 2, and at r = 1 all four do.</item>
/// <item>r' = 1, r ≥ 2: at λ⁴ = r/(r − 1) the one singular value 1/λ is the largest, the norm's square is (r − 1)λ²/r + 1/λ² = 2√((r − 1)/r), and δ_r =
/// θ√((r − 1)/r), attained by M of P with one direction less, and P'. So Lemmas 2 and 3 fail by √(r/(r − 1)).</item>
/// </list>
/// </remarks>
internal sealed class PrintedRank
{
    private PrintedRank(IsometryForm form, Matrix first, Matrix second, int rank, double theta, double delta)
        => (Form, First, Second, Rank, Theta, Delta) = (form, first, second, rank, theta, delta);

    /// <summary>Gets the form H.</summary>
    public IsometryForm Form { get; }

    /// <summary>Gets P/√r.</summary>
    public Matrix First { get; }

    /// <summary>Gets P'/√r'.</summary>
    public Matrix Second { get; }

    /// <summary>Gets r.</summary>
    public int Rank { get; }

    /// <summary>Gets θ, which is δ at rank r + r'.</summary>
    public double Theta { get; }

    /// <summary>Gets δ_r, as proved in the remarks.</summary>
    public double Delta { get; }

    /// <summary>Makes the measurements with r' = r.</summary>
    public static PrintedRank Equal(int dimension, int rank, double theta)
    {
        Guard.InRange(dimension, 2, IsometryForm.MaxDimension);
        Guard.InRange(rank, 1, dimension / 2);
        return Create(dimension, rank, rank, theta, theta / 2);
    }

    /// <summary>Makes the measurements with r' = 1.</summary>
    public static PrintedRank One(int dimension, int rank, double theta)
    {
        Guard.InRange(dimension, 2, IsometryForm.MaxDimension);
        Guard.InRange(rank, 1, dimension - 1);
        return Create(dimension, rank, 1, theta, rank == 1 ? theta / 2 : theta * Math.Sqrt((rank - 1.0) / rank));
    }

    /// <summary>Judges a lemma whose right side is δ_r, as both matrices and Z = zzᵀ have norm 1: the left sides that are given may not exceed a share of it.</summary>
    /// <param name="id">The statement's id.</param>
    /// <param name="factor">The factor on δ_r, 1 for the lemma.</param>
    /// <param name="inequality">The inequality, with {0} for the factor.</param>
    /// <param name="left">Its left side.</param>
    public CheckResult Judge(string id, double factor, string inequality, double left)
    {
        string shown = factor == 1 ? "" : factor.ToString("G3", CultureInfo.InvariantCulture);
        return CheckResult.Judge(
            id,
            [Inequality.AtMost("δ_r found ≤ its closed form", RipConstants.LowerBound(Form, Rank).Delta, Delta, 1e-12)],
            Inequality.AtMost(inequality.Replace("{0}", shown, StringComparison.Ordinal), left, factor * Delta, 1e-14)) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture, $"d = {Form.Dimension}, r = {Rank}: δ_r = {Delta:G4}, and the left side is δ at the rank that is needed, θ = {Theta:G4}"),
        };
    }

    private static PrintedRank Create(int dimension, int rank, int other, double theta, double delta)
    {
        Guard.Positive(theta);
        Guard.InRange(theta, 0.0, 1.0);
        Matrix first = new(dimension, dimension), second = new(dimension, dimension);
        for (int i = 0; i < rank + other; i++)
        {
            (i < rank ? first : second)[i, i] = 1 / Math.Sqrt(i < rank ? rank : other);
        }

        double[] left = first.ToSvec(), right = second.ToSvec();
        Matrix gram = Matrix.Identity(left.Length);
        for (int i = 0; i < left.Length; i++)
        {
            for (int j = 0; j < left.Length; j++)
            {
                gram[i, j] += theta * ((left[i] * right[j]) + (right[i] * left[j]));
            }
        }

        return new PrintedRank(IsometryForm.OfGram(dimension, gram.Span), first, second, rank, theta, delta);
    }
}
