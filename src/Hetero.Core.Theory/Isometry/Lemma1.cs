using System.Globalization;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// Lemma 1, (27): |⟨E∘(X), Y⟩| ≤ δ‖X‖_F‖Y‖_F with E∘ the RIP error (20). In svec form the left side is |xᵀ(H − I)y|, so the full-rank constant δ_d
/// = ‖H − I‖ makes it hold for all symmetric X and Y.
/// </summary>
/// <remarks>
/// For X and Y of rank r it is enough that (8) holds with δ at rank 2r (the polarization identity needs X ± Y). The paper says rank r, which is not
/// enough: <see cref="Lemma1Printed"/>. X and Y must be symmetric.
/// </remarks>
public sealed class Lemma1 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L1",
        Statement = "|⟨E∘(X), Y⟩| ≤ δ‖X‖_F‖Y‖_F, with δ at full rank",
        Equations = "(27)",
        Kind = StatementKind.Arithmetic,
        Stated = Verdict.Holds,
        Remark = "δ_d is the norm of E∘, so this is what a norm is, for symmetric X and Y; L1-sharp has δ at rank 2r, which rank r needs.",
        ControlStatement = "the same with 0.9δ",
        DefaultTrials = 8,
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
        Matrix x = new(instance.CreateSymmetric(1, rank), d, d), y = new(instance.CreateSymmetric(2, rank), d, d);
        List<CheckResult> results = [];
        foreach (IsometryForm form in RipLemma.Forms(instance))
        {
            results.Add(Check(form, x, y, null, share));
            foreach (int width in new[] { rank, d })
            {
                (Matrix alignedX, Matrix alignedY) = RipLemma.Aligned(form, x, width, width);
                results.Add(Check(form, alignedX, alignedY, null, share));
            }
        }

        return RipLemma.Decisive(results) with { Note = AtRank(instance, x, rank) };
    }

    /// <summary>What the lemma says at the rank of X and Y on the Gaussian measurements, as far as a search can tell.</summary>
    private static string AtRank(TheoryInstance instance, Matrix start, int rank)
    {
        IsometryForm form = IsometryForm.Of(instance.CreateMeasurements());
        IReadOnlyList<RipConstant> bounds = RipConstants.LowerBounds(form, Math.Min(2 * rank, instance.Dimension), instance.Seed);
        (Matrix x, Matrix y) = RipLemma.Aligned(form, start, rank, rank);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Gaussian, r = {rank}: |⟨E∘(X), Y⟩| up to {Math.Abs(RipLemma.Error(form, x).Inner(y)):G4} for unit X, Y; found δ_r ≥ {bounds[rank - 1].Delta:G4}, "
            + $"δ_2r ≥ {bounds[^1].Delta:G4}, δ_d = {RipConstants.Exact(form).Delta:G4}.");
    }

    private static CheckResult Check(IsometryForm form, Matrix x, Matrix y, double? delta, double share)
        => RipLemma.Judge(Facts.Id, form, x, y, delta, share, isProduct: false, isNuclear: false);
}
