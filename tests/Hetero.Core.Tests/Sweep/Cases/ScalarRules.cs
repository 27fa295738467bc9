using System.Reflection;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Concentration;
using Hetero.Core.Theory.Isometry;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Population;
using Hetero.Core.Theory.Quantities;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Subspaces;

namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>The methods whose scalar arguments or results are not like others'.</summary>
internal static class ScalarRules
{
    private static readonly ScalarRule Size = new() { TakesHuge = true };
    private static readonly ScalarRule Infinite = new() { MayBeInfinite = true };

    // NaN lies in no interval, no inequality with it holds, and before a constant that is NaN there is none.
    private static readonly ScalarRule Compared = new() { TakesAnyNumber = true, MayBeInfinite = true, MayBeNaN = true };

    // A statement takes long, and the sides of its inequalities may be anything; but of NaN it does not hold.
    private static readonly ScalarRule Statement = new() { MayBeInfinite = true, MayBeNaN = true, TakesAnyNumber = true, Sampled = 20 };

    // Each takes its time: any number would be accepted.
    private static readonly ScalarRule FewPowers = new() { Values = [("powers", [0, 1, 3, -1, int.MinValue])] };

    private static readonly ScalarRule OfSmallDimension = Statement with { Values = [("dimension", [3, 2, 1, 0, -1, int.MinValue])] };

    /// <summary>Lengths and indices: they take neither memory nor time.</summary>
    private static readonly string[] Sizes =
    [
        "CholeskyQr.GetScratchLength(rows, columns, team)", "HouseholderQr.GetScratchLength(rows, columns, team)",
        "PivotedQr.GetScratchLength(rows, columns, team)", "PivotedQr.DefaultTolerance(rows, columns)",
        "LeastSquares.GetScratchLength(rows, columns, sides, team)", "LeastSquares.GetMinimumNormScratchLength(rows, columns, sides, team)",
        "JacobiSvd.GetScratchLength(rows, columns)", "JacobiSvd.GetValuesScratchLength(rows, columns)",
        "Svd.GetScratchLength(rows, columns, team)", "Svd.GetValuesScratchLength(rows, columns, team)",
        "TruncatedSvd.GetScratchLength(rows, columns, sketch, team)",
        "Norms.GetSymmetricScratchLength(size)", "Norms.GetSpectralScratchLength(rows, columns)",
        "Norms.GetGeneralNuclearScratchLength(rows, columns)", "Products.GetMultiplyScratchLength(rows, inner, columns, team)",
        "Products.GetGramScratchLength(rows, inner, team)", "SymmetricEigen.GetScratchLength(size, team)",
        "SymmetricEigen.GetValuesScratchLength(size, team)", "SymmetricEigen.GetRangeScratchLength(size, count, team)",
        "MatrixSpan.new(data, rows, columns)", "ReadOnlyMatrixSpan.new(data, rows, columns)",
        "MatrixSpan.Row(row)", "MatrixSpan.get_Item(row, column)", "ReadOnlyMatrixSpan.get_Item(row, column)",
        "Wishart.FactorRows(degrees, order)", "Wishart.FillFactor(sequence, degrees, order, factor)", "Svec.Length(dimension)",
        "Svec.IndexOf(row, column)", "MeasurementSource.PartialSums(dimension)", "StoredMeasurements.RequiredBytes(dimension, samples)",
        "Trajectory.RequiredBytes(capacity, labelLength, columns)",
        "RegeneratedMeasurements.new(dimension, seed, team)", "PopulationMeasurements.new(dimension)", "FactoredPopulationMeasurements.new(dimension, team)",
        "FactoredExactLawMeasurements.new(dimension, seed, team)",
        "RegeneratedMeasurements.CopySample(step, sample, destination)",
        "RankOneMeasurements.CopyInput(step, sample, destination)", "StoredRankOneMeasurements.CopyInput(sample, destination)", "Trajectory.GetColumns(row)",
        "DiagonalEnvironments.TwoPoint(rank, mean, spread, ownDraws)", "DiagonalEnvironments.Uniform(rank, mean, spread, ownDraws)",
        "EnvironmentOrder.Blocks(length)", "EnvironmentOrder.DistinctBlocks(length, distinct)", "FederatedRounds.new(clients, localSteps, participation)",
        "EnvironmentSequence.Get(step, sigma, label)", "RandomStream.new(seed, purpose, step, substream)",
        "JacobiEdge.LargestCosine(dimension, invariantRank, spuriousRank)", "JacobiEdge.LogitLaw(dimension, invariantRank, spuriousRank)",
        "RipThresholds.AssumedRank(dimension, invariantRank, spuriousRank)", "StepSizeSchedule.At(step)", "PhaseSchedule.PhaseOf(step)",
        "HeavyBall.StateLength(shapes)", "Nesterov.StateLength(shapes)", "Adam.StateLength(shapes)", "SignDescent.StateLength(shapes)",
        "Muon.StateLength(shapes)", "Muon.ScratchLength(shapes)", "ClippedDirection.StateLength(shapes)", "ClippedDirection.ScratchLength(shapes)",
        "DecoupledWeightDecay.StateLength(shapes)", "DecoupledWeightDecay.ScratchLength(shapes)", "UpdateRule.StateLength(shapes)",
        "UpdateRule.ScratchLength(shapes)", "MeasuredData.Risk(environment, matrix)", "StepSizeSchedule.Cosine(first, last, steps)",
        "MatrixSpan.new(data, rows, columns, rowStride)", "ReadOnlyMatrixSpan.new(data, rows, columns, rowStride)",
        "MatrixSpan.Slice(row, column, rows, columns)", "ReadOnlyMatrixSpan.Slice(row, column, rows, columns)", "ReadOnlyMatrixSpan.Row(row)",
        "Cholesky.GetScratchLength(size, team)", "Cholesky.GetSolveScratchLength(size, columns, team)",
        "TriangularSystem.GetScratchLength(rows, columns, side, team)",
        "Trajectory.GetEnvironmentLabel(row)", "ControllerProcess.GetBarrierFactor(violationProbability, spuriousRank)",
    ];

    /// <summary>Numbers that the documentation calls infinite where the true ones are, or are not representable.</summary>
    private static readonly string[] MayBeInfinite =
    [
        "Products.Multiply(alpha, left, right, beta, scratch, destination, team)", "Products.Multiply(alpha, left, right, beta, destination, team)",
        "Products.Gram(alpha, factor, beta, scratch, destination, team)", "Products.Gram(alpha, factor, beta, destination, team)",
        "Products.GramLower(alpha, factor, beta, scratch, destination, team)", "Products.GramLower(alpha, factor, beta, destination, team)", "RandomStream.FillGaussian(destination, mean, deviation)",
        "RandomStream.FillGaussian(first, destination, mean, deviation)",
        "LaurentMassart.Lower(degrees, exponent)", "LaurentMassart.Upper(degrees, exponent)", "EntryLaw.Of(environments, direction)",
        "EntryLaw.TwoPoint(mean, spread)", "EntryLaw.Uniform(mean, spread)", "EntryLaw.Shifted(shift)",
        "MultiplierGrowth.Moment(law, stepSize, exponent)", "MultiplierGrowth.MomentExcess(law, stepSize, exponent)",
        "FederatedGrowth.Exponent(law, stepSize, clients, localSteps)", "FederatedGrowth.ExponentOfDistinct(environments, stepSize, clients, localSteps)",
        "MultiplierGrowth.LyapunovExponent(law, stepSize)", "MultiplierGrowth.TailExponent(law, stepSize)",
        "ProductGrowth.Exact(environments, rate)", "ProductGrowth.Estimate(environments, rate, stream, steps, level)",
        "SpuriousRegularity.Of(environments)", "StabilityThreshold.TwoPointStepSizes(mean, spread)",
        "StabilityThreshold.UniformSpreads(mean, stepSize)", "EntryQuantities.new(law, stepSize, gamma)",
        "TheoryQuantities.Of(environments, parameters)", "StabilityThreshold.TwoPointSpreads(mean, stepSize)", "StepSizeSets.Supermartingale(law, exponent)", "StepSizeSets.Stable(law)",
        "TheoremSetting.Of(trainer, ripConstant, constants)",
        "TheoremSetting.new(problem, environments, ripConstant, stepSize, initialScale, constants)",
        "AuxiliarySequences.Next(value, stepSize)", "AuxiliarySequences.EntryBound(stepSize, initialScale)",
        "ControllerProcess.Multiplier(stepSize, sigma)", "ReducedPopulation.FromIdentity(problem, scale)",
        "ReducedPopulation.Step(sigma, rate)", "ConfidenceInterval.new(estimate, lower, upper, level)",
    ];

    private static readonly string[] Comparisons =
    [
        "Inequality.AtMost(statement, left, right, roundOff)", "Inequality.Below(statement, left, right, roundOff)",
        "Inequality.AtLeast(statement, left, right, roundOff)", "Inequality.Above(statement, left, right, roundOff)",
        "CheckResult.Judge(id, hypotheses, claims)", "CheckResult.Imply(id, hypotheses, constant, claims)", "CheckResult.Merge(results)",
        "ImpliedConstant.Stricter(other)", "ConfidenceInterval.Contains(value)", "StepSizeInterval.Contains(stepSize)",
    ];

    private static readonly (string Key, ScalarRule Rule)[] Others =
    [
        ("PartDescription.Add(name, value): String, Double", new() { TakesAnyNumber = true }),
        ("MeasurementSource.Accumulate(group, matrices, results)", new() { MayBeInfinite = true, MayBeNaN = true }),
        ("RipThresholds.AssumedDelta(heterogeneity, dimension, invariantRank, spuriousRank, constant)", Size with { MayBeInfinite = true }),
        ("RipThresholds.RequiredSamples(dimension, rank, delta, constant)", Size with { MayBeInfinite = true }),
        ("ControllerProcess.ViolationProbability(constant, heterogeneity, dimension)", Size with { MayBeInfinite = true }),
        ("TruncatedSvd.Decompose(matrix, sketch, powers, scratch, left, values, right, team)", FewPowers),
        ("TruncatedSvd.Decompose(matrix, sketch, powers, left, values, right, team)", FewPowers),
        ("SensingProblem.Create(dimension, invariantRank, spuriousRank, seed, layout, overlap, eigenvalues)", Size with
        {
            Values = [("dimension", [5, 1, 0, -1, 65536, int.MaxValue, int.MinValue])],
        }),
        ("HaarFrame.Draw(stream, dimension, columns)", Size with
        {
            Values = [("dimension", [5, 1, 0, -1, int.MinValue]), ("columns", [2, 0, 5, 6, -1, int.MaxValue])],
        }),
        ("ConfidenceInterval.OfProportion(successes, trials, level)", new()
        {
            Values =
            [
                ("successes", [3L, 100L, 1L, 0L, -1L, 1L << 40, long.MaxValue]),
                ("trials", [100L, 3L, 1L, 0L, -1L, (1L << 36) + 1, long.MaxValue]),
            ],
        }),
        .. new[] { 1, 2, 3 }.Select(lemma => ($"Lemma{lemma}Printed.Check(dimension, rank, theta)", OfSmallDimension)),
        ("Lemma4Printed.Check(dimension, theta)", OfSmallDimension),
        ("SphereNet.Create(dimension, radius)", new() { Values = [("dimension", [2, 1, 0, -1, int.MinValue])] }),
        ("TheoryCheck.Check(instance)", Statement with { Values = [("instance", [.. ObjectPools.BadInstances, null])] }),
        ("TheoryCheck.CheckControl(instance)", Statement with { Values = [("instance", [.. ObjectPools.BadInstances, null])] }),
        ("TheoryVerification.Run(checks, seed, trials, progress)", Statement with { Values = [("trials", [1, 0, -1])] }),
        ("TheoryVerification.RunEach(checks, seed, choice, trials, progress)", Statement with { Values = [("trials", [1, 0, -1])] }),
        ("TheoryCheck.RunChosen(seed, choice, trials)", Statement with { Values = [("trials", [1, 0, -1])] }),
        ("TheoryCheck.Run(seed, trials)", Statement with { Values = [("trials", [0, -1])] }),
        ("WorkerTeam.new(degree)", new() { Values = [("degree", [1, 2, 0, -1, 1025, int.MaxValue])] }),
        ("StoredMeasurements.new(dimension, samples, seed, team, sets, order)", new()
        {
            Values =
            [
                ("dimension", [3, 1, 0, -1, 65536]), ("sets", [1, 3, 0, -1, int.MaxValue]),
                ("samples", [2L, 1L, 0L, -1L, 1L << 62, long.MaxValue]),
            ],
        }),
        ("StoredRankOneMeasurements.new(dimension, samples, seed, team, sets, order)", new()
        {
            Values =
            [
                ("dimension", [3, 1, 0, -1, 65536]), ("sets", [1, 3, 0, -1, int.MaxValue]),
                ("samples", [2L, 1L, 0L, -1L, 1L << 62, long.MaxValue]),
            ],
        }),
    ];

    private static readonly Dictionary<string, ScalarRule> ByKey = Sizes.Select(key => (key, Size))
        .Concat(MayBeInfinite.Select(key => (key, Infinite)))
        .Concat(Comparisons.Select(key => (key, Compared)))
        .Concat(Others)
        .ToDictionary(rule => rule.Item1, rule => rule.Item2);

    /// <summary>Gets the members that have a rule of their own.</summary>
    public static IEnumerable<string> Keys => ByKey.Keys;

    public static ScalarRule Of(string key, MethodBase member)
        => ByKey.GetValueOrDefault(key) ?? (typeof(TheoryCheck).IsAssignableFrom(member.DeclaringType) ? Statement : new());
}
