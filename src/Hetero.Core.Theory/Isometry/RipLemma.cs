using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Theory.Isometry;

/// <summary>What Lemmas 1 to 4 have in common: E∘(X) from the form of the measurements, the hypotheses, and instances close to equality.</summary>
internal static class RipLemma
{
    /// <summary>Returns E∘(X) of (20) for symmetric X.</summary>
    public static Matrix Error(IsometryForm form, Matrix x)
    {
        double[] error = new double[form.SvecLength];
        form.ApplyError(x.ToSvec(), error);
        return Matrix.OfSvec(error, form.Dimension);
    }

    /// <summary>Copies a d×d argument.</summary>
    public static Matrix Square(IsometryForm form, ReadOnlyMatrixSpan<double> matrix, string name)
    {
        Guard.Shape(matrix.Rows, matrix.Columns, form.Dimension, form.Dimension, name);
        return Matrix.Of(matrix, name);
    }

    /// <summary>
    /// The hypotheses: δ bounds the operator on every rank, and the matrices are symmetric: the antisymmetric part of an X is lost on symmetric
    /// measurements, so that E∘ maps it to its negative.
    /// </summary>
    private static Inequality[] Hypotheses(IsometryForm form, double delta, params ReadOnlySpan<(string Name, Matrix Value)> matrices)
    {
        Inequality[] hypotheses = new Inequality[matrices.Length + 1];
        hypotheses[0] = Inequality.AtMost("δ_d ≤ δ", RipConstants.Exact(form).Delta, delta);
        for (int i = 0; i < matrices.Length; i++)
        {
            (string name, Matrix value) = matrices[i];
            double asymmetry = (value - value.T).FrobeniusNorm(), roundOff = Math.ScaleB(value.FrobeniusNorm(), -48);
            hypotheses[i + 1] = Inequality.AtMost($"‖{name} − {name}ᵀ‖_F ≤ 0", asymmetry, 0, roundOff);
        }

        return hypotheses;
    }

    /// <summary>
    /// Judges |⟨E∘(X), Y⟩| ≤ δ‖X‖‖Y‖_F or, as a product, ‖E∘(X)Z‖ ≤ δ‖X‖‖Z‖, with the Frobenius or the nuclear norm of X: Lemmas 1 to 4.
    /// </summary>
    public static CheckResult Judge(
        string id, IsometryForm form, Matrix x, Matrix other, double? delta, double share, bool isProduct, bool isNuclear)
    {
        double bound = delta ?? RipConstants.Exact(form).Delta;
        double size = (isNuclear ? x.NuclearNorm() : x.FrobeniusNorm()) * (isProduct ? other.Norm() : other.FrobeniusNorm());
        Matrix image = Error(form, x);
        string factor = share == 1 ? "" : FormattableString.Invariant($"{share}"), norm = isNuclear ? "*" : "F";
        return CheckResult.Judge(
            id,
            isProduct ? Hypotheses(form, bound, ("X", x)) : Hypotheses(form, bound, ("X", x), ("Y", other)),
            Inequality.AtMost(
                isProduct ? $"‖E∘(X)Z‖ ≤ {factor}δ‖X‖_{norm}‖Z‖" : $"|⟨E∘(X), Y⟩| ≤ {factor}δ‖X‖_{norm}‖Y‖_F",
                isProduct ? (image * other).Norm() : Math.Abs(image.Inner(other)),
                share * bound * size,
                RoundOff(form, size)));
    }

    /// <summary>
    /// By how much a product of E∘(X) with something of the given size may be off: p products for each entry, and those of a few norms.
    /// </summary>
    private static double RoundOff(IsometryForm form, double size)
        => 32 * form.SvecLength * Math.ScaleB((1 + form.Eigenvalues[^1]) * size, -52);

    /// <summary>
    /// The forms on which an instance is checked: its Gaussian measurements, and H = I + θwwᵀ with w = svec(vvᵀ), whose E∘(X) = θ⟨vvᵀ, X⟩vvᵀ
    /// attains equality in all four lemmas at X = vvᵀ.
    /// </summary>
    public static IsometryForm[] Forms(TheoryInstance instance)
    {
        Guard.InRange(instance.Dimension, 1, IsometryForm.MaxDimension);
        int d = instance.Dimension, p = Svec.Length(d);
        Matrix v = new(instance.CreateGaussian(20, d, 1), d, 1);
        double[] w = (v * v.T).ToSvec();
        double scale = 0.5 / Reductions.SumOfSquares<double>(w);
        double[] gram = new double[p * p];
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < p; j++)
            {
                gram[(i * p) + j] = (i == j ? 1 : 0) + (scale * w[i] * w[j]);
            }
        }

        return [IsometryForm.Of(instance.CreateMeasurements()), IsometryForm.OfGram(d, new(gram, p, p))];
    }

    /// <summary>
    /// Returns X and Y of norm 1 and given ranks for which ⟨E∘(X), Y⟩ is large: in turn each is the best approximation of the other's image.
    /// </summary>
    public static (Matrix X, Matrix Y) Aligned(IsometryForm form, Matrix start, int rankX, int rankY)
    {
        RankProjection toX = new(form.Dimension, rankX), toY = new(form.Dimension, rankY);
        double[] x = start.ToSvec(), y = new double[form.SvecLength];
        toX.Normalize(x);
        for (int turn = 0; turn < 10; turn++)
        {
            form.ApplyError(x, y);
            if (!toY.Normalize(y))
            {
                x.CopyTo(y, 0);
                toY.Normalize(y);
                break;
            }

            form.ApplyError(y, x);
            if (!toX.Normalize(x))
            {
                y.CopyTo(x, 0);
                toX.Normalize(x);
                break;
            }
        }

        return (Matrix.OfSvec(x, form.Dimension), Matrix.OfSvec(y, form.Dimension));
    }

    /// <summary>Returns the decisive one of the results of one instance.</summary>
    public static CheckResult Decisive(IReadOnlyList<CheckResult> results)
    {
        CheckResult merged = CheckResult.Merge(results);
        return merged with { Trials = 1, HypothesesMet = merged.HypothesesMet == merged.Trials ? 1 : 0 };
    }
}
