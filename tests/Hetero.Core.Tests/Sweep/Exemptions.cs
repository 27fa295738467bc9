using System.Reflection;
using Hetero.Core.Sensing;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Concentration;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Theory.Subspaces;
using Hetero.Core.Training;

namespace Hetero.Core.Tests.Sweep;

/// <summary>The public members that the sweep does not call, each with the reason.</summary>
internal static class Exemptions
{
    private static readonly (string Key, string Reason)[] Members =
    [
        ("ITrainingObserver.Observe(snapshot)", "an interface"),
        ("RowMeasurements.FillRow(step, set, sample, svec)", "abstract: what a user writes, called with what Accumulate has checked"),
        ("MeasurementSource.AccumulatePanel(group, residual, result)", "its panels stand in a ref struct: FactoredRefusalTests tries shapes, numbers and shared memory"),
        ("FactoredExactLawMeasurements.MeasureBasis(residual)", "its panels stand in a ref struct: PanelBasisTests and FactoredExactLawRunTests call it"),
        ("Objective.Combine(environments, gradient)", "abstract: what a user writes, called with what a batch has checked"),
        ("Objective.Describe(description)", "abstract: what a user writes"),
        ("CompositeObserver.Observe(snapshot)", "a snapshot comes from a trainer alone, and holds what it has checked"),
        ("CompositeObserver.new(observers)", "its span is of objects, not of numbers"),
        ("Trainer.RequiredBytes(space, shapes, rule, hasPopulationGradient, hasInvariantGradient)", "counts bytes from sizes: held against what is allocated by the tests of the estimate"),
        ("FederatedRounds.RequiredBytes(shapes)", "counts bytes from sizes: held against what is allocated by the tests of the estimate"),
        ("ITrajectoryColumns.Compute(snapshot, values)", "an interface"),
        ("NeuronWeights.Compute(snapshot, values)", "a snapshot comes from a trainer alone; what it calls is swept"),
        ("HeldOutRisk.Observe(snapshot)", "a snapshot comes from a trainer alone; its length is held against the data"),
        ("TrainingSnapshot.Stop()", "takes nothing, and returns nothing: trainers' tests show that the run ends"),
        ("TrajectoryRecorder.Observe(snapshot)", "a snapshot comes from a trainer alone, and holds what it has checked"),
        ("DynamicsRecorder.Observe(snapshot)", "a snapshot comes from a trainer alone, and holds what it has checked"),
        ("AdaptiveSubspace.Observe(snapshot)", "a snapshot comes from a trainer alone, and holds what it has checked"),
        ("AdaptiveSubspace.Compute(snapshot, values)", "a snapshot comes from a trainer alone, and holds what it has checked"),
        ("AdaptiveSubspace.new(trainer, basis)", "the basis of a run's own step, which AdaptiveSubspaceTests gives it, and others"),
        ("PartNormRecorder.Observe(snapshot)", "a snapshot comes from a trainer alone, and holds what it has checked"),
        ("MatrixSpan.op_Implicit(matrix)", "another view of the same memory, which MatrixSpan.new has checked"),
        ("MatrixSpan.AsReadOnly()", "another view of the same memory, which MatrixSpan.new has checked"),
    ];

    private static readonly string[] Simulations = ["Simulated", "Tail", "Theorem", "Proposition1", "Lemma17", "Lemma19", "Lemma7Threshold"];

    private static readonly (Func<MethodBase, bool> Holds, string Reason)[] Kinds =
    [
        (IsSimulation, "a statement that simulates for seconds whatever it is given: what it calls is swept"),
        (IsRecord, "holds what it is given"),
        (IsOfObjective, "called with what a batch has checked; the tests of objectives call both"),
        (CountsBytes, "counts bytes from sizes: held against what is allocated by the tests of the estimate"),
        (member => typeof(Exception).IsAssignableFrom(member.DeclaringType), "an exception"),
    ];

    /// <summary>Gets the exempt keys that are listed one by one.</summary>
    public static IEnumerable<string> Keys => Members.Select(member => member.Key);

    /// <summary>Says whether a member is exempt.</summary>
    public static bool Contains(string key, MethodBase member) => Keys.Contains(key) || Kinds.Any(kind => kind.Holds(member));

    private static bool IsSimulation(MethodBase member)
        => typeof(TheoryCheck).IsAssignableFrom(member.DeclaringType) && member.IsStatic
            && Simulations.Any(name => member.DeclaringType!.Name.Contains(name, StringComparison.Ordinal));

    /// <summary>A method of an objective of the library.</summary>
    private static bool IsOfObjective(MethodBase member)
        => member.DeclaringType is { BaseType: { IsGenericType: true } type } && type.GetGenericTypeDefinition() == typeof(Objective<>)
            && member.Name is (nameof(Objective<double>.Combine) or nameof(Objective<double>.Describe));

    private static bool CountsBytes(MethodBase member)
        => member.Name is "BufferBytes" or "RequiredBytes" && member.GetParameters() is [{ } first, ..] && first.ParameterType == typeof(RunSizes).MakeByRefType();

    /// <summary>The constructor of a record, whose parameters are its properties.</summary>
    private static bool IsRecord(MethodBase member)
        => member.IsConstructor && member.GetParameters().Length > 0
            && Array.TrueForAll(member.GetParameters(), p => member.DeclaringType!.GetProperty(p.Name!)?.PropertyType == p.ParameterType);
}
