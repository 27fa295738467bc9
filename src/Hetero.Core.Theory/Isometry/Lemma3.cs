using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// Lemma 3, (29): |⟨E∘(X), Y⟩| ≤ δ‖X‖_*‖Y‖_F for X of any rank and Y of rank r, with ‖·‖_* the nuclear norm. The sum of Lemma 1 over the
/// eigenvectors of X; the full-rank δ makes it hold for all symmetric X and Y.
/// </summary>
/// <remarks>
/// It needs δ at rank r + 1; at the printed rank r it fails (<see cref="Lemma3Printed"/>). X and Y must be symmetric.
/// </remarks>
public sealed class Lemma3 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L3",
        Statement = "|⟨E∘(X), Y⟩| ≤ δ‖X‖_*‖Y‖_F, with δ at full rank",
        Equations = "(29)",
        Kind = StatementKind.Arithmetic,
        Stated = Verdict.Holds,
        Remark = "δ_d is the norm of E∘, so this is what norms are, for symmetric X and Y; L3-sharp has δ at rank r + 1, which rank r needs.",
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
    /// <param name="y">Y, d×d.</param>
    /// <param name="delta">δ; null for the full-rank constant δ_d. It must not be below that.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or a number is not finite.</exception>
    public static CheckResult Check(IsometryForm form, ReadOnlyMatrixSpan<double> x, ReadOnlyMatrixSpan<double> y, double? delta = null)
    {
        ArgumentNullException.ThrowIfNull(form);
        return Check(form, RipLemma.Square(form, x, nameof(x)), RipLemma.Square(form, y, nameof(y)), delta, 1);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => CheckAll(instance, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => CheckAll(instance, 0.9);

    private static CheckResult CheckAll(TheoryInstance instance, double share)
    {
        int d = instance.Dimension, rank = Math.Min(instance.InvariantRank, d);
        Matrix x = new(instance.CreateSymmetric(1, d), d, d), y = new(instance.CreateSymmetric(2, rank), d, d);
        List<CheckResult> results = [];
        foreach (IsometryForm form in RipLemma.Forms(instance))
        {
            results.Add(Check(form, x, y, null, share));
            (Matrix alignedX, Matrix alignedY) = RipLemma.Aligned(form, x, 1, rank);
            results.Add(Check(form, alignedX, alignedY, null, share));
        }

        return RipLemma.Decisive(results);
    }

    private static CheckResult Check(IsometryForm form, Matrix x, Matrix y, double? delta, double share)
        => RipLemma.Judge(Facts.Id, form, x, y, delta, share, isProduct: false, isNuclear: true);
}
