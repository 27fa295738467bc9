using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Concentration;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Isometry;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>The statements that take spans, with spans of a drawn length and one drawn number in them.</summary>
internal static class StatementCalls
{
    private static readonly MeasurementSource<double> Source = new RegeneratedMeasurements<double>(2, 1);

    public static IReadOnlyList<(string Key, Delegate Call)> All { get; } =
    [
        ("Corollary1.Check(step, constants, line, time, controllers)",
            (AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, int length, double value)
                => Corollary1.Check(step, constants, line, time, Of(length, value))),
        ("Lemma11Step.Check(step, constants, line, time, controllers)",
            (AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, int length, double value)
                => Lemma11Step.Check(step, constants, line, time, Of(length, value))),
        WithControllers("Lemma11", (s, c, l, t, x) => Lemma11.Check(s, c, l, t, x)),
        WithControllers("Lemma11Printed", (s, c, l, t, x) => Lemma11Printed.Check(s, c, l, t, x)),
        WithControllers("Lemma12", (s, c, l, t, x) => Lemma12.Check(s, c, l, t, x)),
        WithControllers("Lemma12Printed", (s, c, l, t, x) => Lemma12Printed.Check(s, c, l, t, x)),
        WithControllers("Lemma14", (s, c, l, t, x) => Lemma14.Check(s, c, l, t, x)),
        WithControllers("Lemma14Printed", (s, c, l, t, x) => Lemma14Printed.Check(s, c, l, t, x)),
        ("Lemma1.Check(form, x, y, delta)", (IsometryForm form, double value, double? delta) =>
            Lemma1.Check(form, new(Of(4, value), 2, 2), new(Of(4, 1), 2, 2), delta)),
        ("Lemma2.Check(form, x, z, delta)", (IsometryForm form, double value, double? delta) =>
            Lemma2.Check(form, new(Of(4, value), 2, 2), new(Of(4, 1), 2, 2), delta)),
        ("Lemma3.Check(form, x, y, delta)", (IsometryForm form, double value, double? delta) =>
            Lemma3.Check(form, new(Of(4, value), 2, 2), new(Of(4, 1), 2, 2), delta)),
        ("Lemma4.Check(form, x, z, delta)", (IsometryForm form, double value, double? delta) =>
            Lemma4.Check(form, new(Of(4, value), 2, 2), new(Of(4, 1), 2, 2), delta)),
        ("Lemma8.Check(problem, factor)", (SensingProblem problem, int columns, double value) =>
            Lemma8.Check(problem, new(Of(6 * Size(columns), value), 6, Size(columns)))),
        ("FactorDecomposition.Check(problem, factor)", (SensingProblem problem, int columns, double value) =>
            FactorDecomposition.Check(problem, new(Of(6 * Size(columns), value), 6, Size(columns)))),
        ("OneStepTerms.Check(problem, factor, stepSize, sigma, gradient, populationGradient, next)",
            (SensingProblem problem, double stepSize, double value, int length)
                => OneStepTerms.Check(problem, new(Of(12, value), 6, 2), stepSize, Of(4, 1), Of(length, 1), Of(21, 1), new(Of(12, 1), 6, 2))),
        ("RipErrorOperator.Check(source, samples, step, a, b)", (int step, int length, double value) =>
            RipErrorOperator.Check(Source, 3, step, Of(3, value), Of(length, 1))),
        ("RipErrorLaw.Check(source, samples, matrices, batches)", (int samples, int length, double value, int batches) =>
            RipErrorLaw.Check(batch => (Source, batch), samples, Of(length, value), batches)),
        ("ControllerCover.Check(line, sigmas, violationProbability, spuriousRank)",
            (CalibrationLine line, int length, double value, double violationProbability, int spuriousRank)
                => ControllerCover.Check(line, Of(length, value), violationProbability, spuriousRank)),
        ("Lemma18.Check(matrix, netX, netY)", (SphereNet netX, SphereNet netY, int rows, double value) =>
            Lemma18.Check(new(Of(2 * Size(rows), value), Size(rows), 2), netX, netY)),
    ];

    private delegate CheckResult Check(
        AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, double[] controllers);

    private static (string Key, Delegate Call) WithControllers(string name, Check check) => (
        $"{name}.Check(step, constants, line, time, controllers, assumed)",
        (AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time, int length, double value)
            => check(step, constants, line, time, Of(length, value)));

    private static int Size(int size) => Math.Clamp(size, 0, 40);

    private static double[] Of(int length, double value)
    {
        double[] numbers = Data.Uniform<double>(Size(length), 5);
        numbers.AsSpan(0, Math.Min(1, numbers.Length)).Fill(value);
        return numbers;
    }
}
