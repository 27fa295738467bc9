using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// Lemma 4, (30): ‖E∘(X)Z‖ ≤ δ‖X‖_*‖Z‖ for X of any rank, with ‖·‖_* the nuclear norm. The sum of Lemma 2 over the eigenvectors of X: Σ
/// |λ_i|·‖E∘(v_iv_iᵀ)Z‖.
/// </summary>
/// <remarks>It needs δ at rank 2 only, and at rank 1 it fails (<see cref="Lemma4Printed"/>). X must be symmetric.</remarks>
public sealed class Lemma4 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L4",
        Statement = "‖E∘(X)Z‖ ≤ δ‖X‖_*‖Z‖, with δ at full rank",
        Equations = "(30)",
        Kind = StatementKind.Arithmetic,
        Stated = Verdict.Holds,
        Remark = "δ_d is the norm of E∘, so this is what norms are, for symmetric X and any Z; L4-sharp has δ at rank 2, which is enough.",
        ControlStatement = "the same with 0.9δ",
        DefaultTrials = 40,
        TakesAnyInstance = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance with { Dimension = Math.Min(instance.Dimension, 7) };
    }

    /// <summary>Checks the lemma on measurements and two matrices.</summary>
    /// <param name="form">The measurements' form.</param>
    /// <param name="x">X, d×d.</param>
    /// <param name="z">Z, d×d'.</param>
    /// <param name="delta">δ; null for the full-rank constant δ_d. It must not be below that.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or a number is not finite.</exception>
    public static CheckResult Check(IsometryForm form, ReadOnlyMatrixSpan<double> x, ReadOnlyMatrixSpan<double> z, double? delta = null)
    {
        ArgumentNullException.ThrowIfNull(form);
        Guard.Shape(z.Rows, z.Columns, form.Dimension, z.Columns, nameof(z));
        return Check(form, RipLemma.Square(form, x, nameof(x)), Matrix.Of(z, nameof(z)), delta, 1);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => CheckAll(instance, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => CheckAll(instance, 0.9);

    private static CheckResult CheckAll(TheoryInstance instance, double share)
    {
        int d = instance.Dimension, columns = instance.FactorColumns;
        Matrix x = new(instance.CreateSymmetric(1, d), d, d), z = new(instance.CreateGaussian(2, d, columns), d, columns);
        List<CheckResult> results = [];
        foreach (IsometryForm form in RipLemma.Forms(instance))
        {
            // The best Y of rank 1 is vvᵀ up to its sign: Z = Y has norm 1 and ‖E∘(X)Z‖ = ‖E∘(X)v‖.
            (Matrix alignedX, Matrix alignedZ) = RipLemma.Aligned(form, x, 1, 1);
            results.Add(Check(form, x, z, null, share));
            results.Add(Check(form, alignedX, alignedZ, null, share));
        }

        return RipLemma.Decisive(results);
    }

    private static CheckResult Check(IsometryForm form, Matrix x, Matrix z, double? delta, double share)
        => RipLemma.Judge(Facts.Id, form, x, z, delta, share, isProduct: true, isNuclear: true);
}
