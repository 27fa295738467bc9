using System.Globalization;
using Hetero.Core.Sensing;
using Hetero.Core.Theory;

namespace Hetero.Core.FsCheck.Tests.Isometry;

/// <summary>
/// Forms H of (8) whose δ_s is known at every rank s, in a random basis. For M of norm 1 and rank s, with W and W' of norm 1 on orthogonal subspaces:
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Spike: ⟨M, HM⟩ − 1 = θ⟨M, W⟩², and ⟨M, W⟩² is at most the sum of the s largest squared eigenvalues of W, which W cut off there
/// attains.</item>
/// <item>Pair: ⟨M, HM⟩ − 1 = 2θxy, x = ⟨M, W⟩, y = ⟨M, W'⟩, and 4λμ|xy| ≤ (λ|x| + μ|y|)², at most the sum of the s largest squared eigenvalues of
/// λW ± μW'. For W, W' = projections of rank a over √a take λ = μ: δ_s = |θ|s/(2a) up to s = 2a, attained by projections with traces s/2 on both. For W'
/// of rank 1 take μ² = λ²(s − 1)/a: δ_s = |θ|√((s − 1)/a) from s = 2 to a + 1, attained by half the square of the norm on each; and δ_1 = |θ|/(2√a),
/// attained half-way between the subspaces.</item>
/// </list>
/// </remarks>
public sealed record KnownIsometry(IsometryKind Kind, int Dimension, int Rank, double Theta, ulong Seed)
{
    /// <summary>The largest rank a that fits.</summary>
    public static int MaxRank(IsometryKind kind, int dimension)
        => kind switch { IsometryKind.Spike => dimension, IsometryKind.EqualPair => dimension / 2, _ => dimension - 1 };

    /// <summary>The exact δ_s.</summary>
    public double Delta(int s) => Math.Abs(Theta) * Kind switch
    {
        IsometryKind.Spike => Spectrum().Take(s).Sum(value => value * value),
        IsometryKind.EqualPair => Math.Min(s, 2 * Rank) / (2.0 * Rank),
        _ => s == 1 ? 0.5 / Math.Sqrt(Rank) : Math.Sqrt((Math.Min(s, Rank + 1) - 1.0) / Rank),
    };

    /// <summary>A matrix of rank s and norm 1 for which (8) with δ_s is an equality.</summary>
    internal Matrix Extreme(int s)
    {
        Matrix basis = Basis();
        int a = Rank;
        switch (Kind)
        {
            case IsometryKind.Spike:
                return Normalized(Diagonal(basis, Spectrum().Take(s).ToArray()));
            case IsometryKind.EqualPair:
                int used = Math.Min(s, 2 * a), split = Math.Max(0, used - a);
                Matrix sum = new(Dimension, Dimension);
                for (int i = 0; i < used - split; i++)
                {
                    Matrix first = basis.Column(i), second = basis.Column(a + i);
                    sum = i < split ? sum + (first * first.T) + (second * second.T) : sum + (0.5 * ((first + second) * (first + second).T));
                }

                return Normalized(sum);
            default:
                return s == 1 ? 0.5 * ((basis.Column(0) + basis.Column(a)) * (basis.Column(0) + basis.Column(a)).T)
                    : Math.Sqrt(0.5) * (First(Math.Min(s - 1, a)) + Second(1));
        }
    }

    /// <summary>The projection onto r directions of W's subspace, of norm 1; for a spike W cut off after r eigenvalues, of norm 1.</summary>
    internal Matrix First(int r) => Normalized(Diagonal(Basis(), Spectrum().Take(r).ToArray()));

    /// <summary>The projection onto r directions of the subspace of W', of norm 1.</summary>
    internal Matrix Second(int r) => Normalized(Diagonal(Basis(), [.. new double[Rank], .. Enumerable.Repeat(1.0, r)]));

    /// <summary>E∘(X) = HX − X by its formula.</summary>
    internal Matrix Error(Matrix x)
    {
        Matrix first = First(Rank);
        if (Kind == IsometryKind.Spike)
        {
            return (Theta * Inner(first, x)) * first;
        }

        Matrix second = Second(OtherRank);
        return ((Theta * Inner(second, x)) * first) + ((Theta * Inner(first, x)) * second);
    }

    /// <summary>The form, H entry by entry from what E∘ does to the unit vectors.</summary>
    internal IsometryForm CreateForm()
    {
        int p = Svec.Length(Dimension);
        double[] gram = new double[p * p], unit = new double[p];
        for (int j = 0; j < p; j++)
        {
            unit[j] = 1;
            double[] image = Error(Matrix.OfSvec(unit, Dimension)).ToSvec();
            unit[j] = 0;
            for (int i = 0; i < p; i++)
            {
                gram[(i * p) + j] = image[i] + (i == j ? 1 : 0);
            }
        }

        return IsometryForm.OfGram(Dimension, new(gram, p, p));
    }

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Kind} d={Dimension} a={Rank} θ={Theta:R} seed={Seed}");

    private int OtherRank => Kind switch { IsometryKind.Spike => 0, IsometryKind.EqualPair => Rank, _ => 1 };

    /// <summary>⟨A, B⟩, entry by entry.</summary>
    private static double Inner(Matrix left, Matrix right) => left.Entries.Zip(right.Entries, (x, y) => x * y).Sum();

    private static Matrix Normalized(Matrix matrix) => (1 / Math.Sqrt(Inner(matrix, matrix))) * matrix;

    private static Matrix Diagonal(Matrix basis, double[] values)
    {
        Matrix sum = new(basis.Rows, basis.Rows);
        for (int i = 0; i < values.Length; i++)
        {
            sum += values[i] * (basis.Column(i) * basis.Column(i).T);
        }

        return sum;
    }

    // Of a spike the squares 1, ½, ¼, … over their sum with alternating signs, the largest first; of a pair all equal.
    private double[] Spectrum()
    {
        double[] values = [.. Enumerable.Range(0, Rank).Select(i => Kind == IsometryKind.Spike ? Math.Pow(2, -0.5 * i) * (i % 2 == 0 ? 1 : -1) : 1)];
        double norm = Math.Sqrt(values.Sum(value => value * value));
        return [.. values.Select(value => value / norm)];
    }

    /// <summary>Orthonormal columns, by Gram and Schmidt twice.</summary>
    private Matrix Basis() => PlainFrame.Draw(Dimension, Rank + OtherRank, Seed);
}
