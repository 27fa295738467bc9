using System.Reflection;
using System.Text.RegularExpressions;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Tests.Training;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Population;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests;

/// <summary>Whatever owns memory that serves one call at a time refuses a second one, by its name, and serves the next.</summary>
[Collection(Allocations.Collection)]
public class ExclusiveUseTests
{
    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 20 };
    private static readonly SensingProblem Problem = Runs.Problem();
    private static readonly double[] Zeros = new double[28];

    // Every type with a guard, and each of its calls.
    private static readonly (object Owner, Action Call)[] Owners = [.. Create()];

    [Fact]
    public void ASecondCallIsRefusedAndTheNextIsNot()
    {
        foreach ((object owner, Action call) in Owners)
        {
            call();
            SetBusy(owner, 1);
            Assert.Contains("already", Assert.Throws<InvalidOperationException>(call).Message, StringComparison.Ordinal);
            SetBusy(owner, 0);
            call();
        }
    }

    [Fact]
    public void EveryGuardIsTried()
    {
        IEnumerable<Type> guarded = Libraries.All.SelectMany(library => library.GetTypes()).Where(type => GuardOf(type, BindingFlags.DeclaredOnly) is not null);
        Assert.Equal(
            guarded.Select(type => type.Name).Order(StringComparer.Ordinal),
            Owners.Select(owner => Declaring(owner.Owner.GetType()).Name).Distinct().Order(StringComparer.Ordinal));
    }

    // What says that it is not thread-safe is guarded, or keeps numbers that are worth no more than a guard.
    [Fact]
    public void WhatIsNotThreadSafeIsGuarded()
    {
        string[] sources = [.. Libraries.Sources("Hetero.Core"), .. Libraries.Sources("Hetero.Core.Theory")];
        string[] unguarded =
        [
            "ControllerProcess", "RandomSequence",

            // Abstract: the library's model guards its scratch memory, a user's has what the user makes of it.
            "Model",

            // Filled and shown inside of a batch's step, which is guarded.
            "EnvironmentGradients",

            // A list of names, filled by one caller.
            "PartDescription",
        ];
        foreach (Type type in Libraries.All.SelectMany(library => library.GetExportedTypes()).Where(type => type.IsClass || type.IsValueType))
        {
            string name = type.Name.Split('`')[0];
            string? file = sources.SingleOrDefault(path => Path.GetFileNameWithoutExtension(path) == name);
            if (file is not null && Regex.IsMatch(File.ReadAllText(file), "[Nn]ot thread-safe") && type != typeof(WorkerTeam))
            {
                Assert.True(GuardOf(type, default) is not null || unguarded.Contains(name), name);
            }
        }
    }

    [Fact]
    public void AFailedCallLeavesTheWayFree()
    {
        ExclusiveUse use = default;
        Assert.Throws<FormatException>(() => Fail(ref use));
        using ExclusiveUse.Scope scope = use.Enter("busy");
        Assert.Equal("busy", Assert.Throws<InvalidOperationException>(() => Fail(ref use)).Message);

        static void Fail(ref ExclusiveUse use)
        {
            using ExclusiveUse.Scope scope = use.Enter("busy");
            throw new FormatException();
        }
    }

    [Fact]
    public void EnteringAllocatesNothing()
    {
        ExclusiveUse use = default;
        Assert.Equal(0, Allocations.Of(() =>
        {
            using ExclusiveUse.Scope scope = use.Enter("busy");
        }));
    }

    private static IEnumerable<(object Owner, Action Call)> Create()
    {
        SampleGroup<double> group = new() { Step = 0, Count = 20, Scale = 0.05 };
        foreach (string kind in Runs.Kinds.Where(kind => kind != "population"))
        {
            MeasurementSource<double> source = Runs.Source<double>(kind, 7, 20, 1);
            double[] result = new double[28];
            yield return (source, () => source.Accumulate(in group, Zeros, result));
        }

        SignalModel<double> signals = new(Problem);
        yield return (signals, () => signals.AddSpurious(new double[4], 1, new double[28]));
        Decomposition<double> decomposition = new(Problem, 7);
        yield return (decomposition, () => decomposition.Compute(new ReadOnlyMatrixSpan<double>(new double[49], 7, 7), signals));
        EnvironmentSequence sequence = new(DiagonalEnvironments.TwoPoint(2, 1, 2), EnvironmentOrder.Shuffled, 1);
        yield return (sequence, () => sequence.Get(3, new double[4], new double[1]));
        Trajectory trajectory = new(1, 0);
        yield return (trajectory, () => trajectory.Add(default, []));
        OneStepDynamics<double> dynamics = new(Problem, 7);
        yield return (dynamics, () => dynamics.Compute(new ReadOnlyMatrixSpan<double>(new double[49], 7, 7), 0.1, new double[4], Zeros, Zeros));
        ReducedPopulation reduced = ReducedPopulation.FromIdentity(Problem, 0.1);
        yield return (reduced, () => reduced.Step(new double[4], 0.1));
        yield return (reduced, reduced.Reset);
        yield return (reduced, () => reduced.RunHetero(DiagonalEnvironments.TwoPoint(2, 1, 2), Options, 2));

        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "exact-law", Options);
        using MemoryStream state = new();
        trainer.Save(state);
        yield return (trainer, () => trainer.Advance());
        yield return (trainer, () => trainer.Run(1));
        yield return (trainer, () => trainer.Save(Stream.Null));
        yield return (trainer, () => trainer.Restore(new MemoryStream(state.ToArray())));
        GramModel<double> model = new(7, Options);
        yield return (model, () => model.CopyMatrix(new double[49], new double[28]));
        yield return (model, () => model.PullBack(new double[49], Zeros, new double[49]));
        IndefiniteModel<double> indefinite = new(7, Options);
        double[] twoFactors = new double[indefinite.ParameterCount];
        yield return (indefinite, () => indefinite.CopyMatrix(twoFactors, new double[28]));
        yield return (indefinite, () => indefinite.PullBack(twoFactors, Zeros, new double[twoFactors.Length]));
        DiagonalEnvironments environments = DiagonalEnvironments.TwoPoint(2, 1, 2);
        foreach (Batch<double> batch in new Batch<double>[]
        {
            new HeteroBatch<double>(signals, environments, new PopulationMeasurements<double>(7), Options),
            new PooledBatch<double>(signals, environments, new PopulationMeasurements<double>(7), Options),
            new FullBatch<double>(signals, environments, new PopulationMeasurements<double>(7), Options),
        })
        {
            yield return (batch, () => batch.ComputeGradient(
                new() { Step = 1, Product = Zeros, Gradient = new double[28], PopulationGradient = new double[28] }));
        }

        MeasuredData<double> data = Sweep.Parts.Data<double>(7);
        HeldOutRisk<double> risk = new(data, 1000);
        HeteroSgd<double> measured = new(data, Options with { Samples = 2 });
        yield return (risk, () => measured.Run(1, risk));
        Trainer<double> watched = Runs.Create<double>("HeteroSGD", "exact-law", Options);
        foreach (ITrainingObserver<double> observer in new ITrainingObserver<double>[]
        {
            new TrajectoryRecorder<double>(watched, 1000), new DynamicsRecorder<double>(watched, 1000), new PartNormRecorder(Problem, 7),
        })
        {
            yield return (observer, () => watched.Run(1, observer));
        }

        // The start alone, which everybody new is shown: a step that it was kept from it could not follow later.
        Trainer<double> followed = Runs.Create<double>("HeteroSGD", "exact-law", Options);
        AdaptiveSubspace<double> subspace = new(followed);
        yield return (subspace, () => followed.Run(0, new CompositeObserver<double>(subspace)));
    }

    private static FieldInfo? GuardOf(Type type, BindingFlags flags)
    {
        for (Type? declaring = type; declaring is not null; declaring = flags == BindingFlags.DeclaredOnly ? null : declaring.BaseType)
        {
            if (declaring.GetFields(BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .SingleOrDefault(field => field.FieldType.FullName == typeof(ExclusiveUse).FullName) is { } guard)
            {
                return guard;
            }
        }

        return null;
    }

    private static Type Declaring(Type type) => GuardOf(type, default)!.DeclaringType!;

    private static void SetBusy(object owner, int entered)
    {
        FieldInfo guard = GuardOf(owner.GetType(), default)!;
        object boxed = guard.GetValue(owner)!;
        guard.FieldType.GetField("_entered", BindingFlags.NonPublic | BindingFlags.Instance)!.SetValue(boxed, entered);
        guard.SetValue(owner, boxed);
    }
}
