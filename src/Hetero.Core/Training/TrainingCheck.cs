using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// Refuses, before a trainer allocates anything, parts that do not fit each other and numbers that the precision cannot hold, by themselves or in what
/// a run makes of them until it counts as diverged: what is refused here could end as zeros, infinities or an exception in the middle of a run.
/// </summary>
/// <remarks>
/// Until a run counts as diverged ‖U‖_F ≤ 10⁶, and the residual has the norm 10¹² + ‖A*‖ + ‖Σ‖ at most. An entry of a drawn X_i is below 9.5, where the
/// streams end; ⟨X_i, D⟩/‖D‖, an N(0,1) number, is above 10 with probability 1.5e-23 (measurements of one's own can be larger: the bound is not for
/// them). A row of the gradient is then below 100·√d times residual and noise, at m = ∞ below the residual. The step
/// multiplies it with U, and explicit measurements are summed before they are divided by m. Each of the four sizes gets a quarter of what that leaves.
/// </remarks>
internal static class TrainingCheck
{
    /// <summary>Returns the parts of a batch if they fit each other.</summary>
    public static BatchData<T> Checked<T>(SignalModel<T> signals, EnvironmentDistribution environments, MeasurementSource<T> source, TrainingOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(signals);
        Check(signals.Problem, environments, source, options);
        if (signals.IsFactored && !source.Space.IsFactored)
        {
            Refuse(
                nameof(signals),
                $"'{nameof(signals)}' are in factored form, with {source.GetType().Name}, which measures {source.Space}; accepted are signals with svec, or {nameof(PanelMeasurements<>)}.");
        }

        return BatchData<T>.Of(signals, environments, source, options.TruncationLevel);
    }

    /// <summary>Returns data of one's own if the options fit them.</summary>
    public static BatchData<T> Checked<T>(MeasuredData<T> data, TrainingOptions options, bool isPooled = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckSteps<T>(options);
        Guard.InRange(options.NoiseDeviation, 0.0, 0.0, "options.NoiseDeviation");
        CheckLabelNoise(data, options);
        Guard.AtLeast(options.Samples, isPooled ? 1 : TrainingOptions.AllRows, "options.Samples");
        Guard.Accepted(options.Samples, data.RefuseBatch(OfAnyEnvironment(data.RowOrder, options, isPooled)), "options.Samples");
        return new OwnData<T>(data, options.TruncationLevel);
    }

    /// <summary>The most rows that a step may take of an environment, whichever it is. Stratified shares are held against the rows of each one by itself.</summary>
    private static long OfAnyEnvironment(RowOrder order, TrainingOptions options, bool isPooled)
    {
        if (order == RowOrder.WithReplacement || options.PooledSampling != PooledSampling.Stratified || options.Samples == TrainingOptions.AllRows)
        {
            return options.Samples;
        }

        double share = isPooled ? 1 : options.PooledShare is > 0 and <= 1 ? options.PooledShare : 0;
        return options.Samples - PooledShare.SamplesOf(options.Samples, share);
    }

    /// <summary>Returns the paper's model UUᵀ, if that is one for a batch.</summary>
    public static GramModel<T> DefaultModel<T>(Batch<T> batch, TrainingOptions options, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (batch.Space.IsVector)
        {
            Refuse(
                "parts.Model",
                $"'parts.Model' is not given, and UUᵀ is no vector; accepted with a batch of {batch.Space} is a model of them, such as {nameof(SquareModel<>)}.");
        }

        return new GramModel<T>(batch.Space, options, team);
    }

    /// <summary>Refuses a model of matrices for vectors, and one of vectors for matrices.</summary>
    public static void CheckSpace<T>(Model<T> model, Batch<T> batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (model.Space != batch.Space)
        {
            Refuse("parts.Model", $"'parts.Model' estimates {model.Space}; accepted is a model of {batch.Space}, which the batch measures.");
        }
    }

    /// <summary>Refuses a model without a factor U where a step makes G·U.</summary>
    public static void CheckFactored<T>(Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (model.Space.IsFactored && !model.IsGramFactor)
        {
            Refuse("parts.Model", $"'parts.Model' is {model.GetType().Name} for {model.Space}; accepted is a factor U with UUᵀ, such as {nameof(GramModel<>)}.");
        }
    }

    /// <summary>Refuses an observer that needs what the run does not have.</summary>
    public static void CheckObserver<T>(Trainer<T> trainer, ITrainingObserver<T>? observer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (trainer.Rounds is { } rounds && observer?.Needs.HasFlag(SnapshotParts.Gradient) == true)
        {
            FormattableString needs = $"which needs the gradient of a step, and steps are {rounds}";
            Refuse(
                nameof(observer), $"'{nameof(observer)}' is {observer.GetType().Name}, {needs}; accepted are observers that need {nameof(SnapshotParts.Estimate)} at most.");
        }

        if (observer is { Needs: not SnapshotParts.None } && trainer.Model.Space.IsFactored)
        {
            FormattableString needs = $"{nameof(SnapshotParts)}.{observer.Needs} of {trainer.Algorithm} on {trainer.Model.Space}, where no d×d matrix is made";
            Refuse(
                nameof(observer),
                $"'{nameof(observer)}' is {observer.GetType().Name}, which needs {needs}; accepted are observers that need {nameof(SnapshotParts)}.{SnapshotParts.None}.");
        }
    }

    /// <summary>Refuses options that no step can be made with.</summary>
    public static void CheckSteps<T>(TrainingOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.StepSize, "options.StepSize");
        ArgumentNullException.ThrowIfNull(options.EnvironmentOrder, "options.EnvironmentOrder");
        Guard.Defined(options.PooledSampling, "options.PooledSampling");
        Guard.NotNegative(options.NoiseDeviation, "options.NoiseDeviation");
        if (options.TruncationLevel is { } level)
        {
            Guard.Positive(level, "options.TruncationLevel");
            CheckNormal<T>(level, "options.TruncationLevel", "");
        }

        Guard.Positive(options.GradientScale, "options.GradientScale");
        CheckNormal<T>(options.InitialScale, "options.InitialScale", "");
        if (options.StepSize.Bounds is { } bounds)
        {
            if (!(bounds.Smallest <= bounds.Largest))
            {
                Refuse(
                    "options.StepSize",
                    $"'options.StepSize', {options.StepSize}, has bounds from {bounds.Smallest} to {bounds.Largest}; accepted are bounds of which the first is at most the second.");
            }

            _ = CheckedRate<T>(bounds.Smallest, options, "");
            _ = CheckedRate<T>(bounds.Largest, options, "");
        }
    }

    public static void Check<T>(SensingProblem problem, EnvironmentDistribution environments, MeasurementSource<T> source, TrainingOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(environments);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        EnvironmentCheck.Sizes(environments, nameof(environments));
        Guard.Agree(environments.Rank, problem.SpuriousRank, "rank", nameof(environments));
        Guard.Agree(source.Dimension, problem.Dimension, "dimension", nameof(source));
        if (source is MeasuredData<T>)
        {
            Refuse(
                nameof(source),
                $"'{nameof(source)}' is data with responses of their own; accepted with a problem's signals are measurements alone, and such data without a problem.");
        }

        if (source.Space.IsVector)
        {
            Refuse(nameof(source), $"'{nameof(source)}' measures {source.Space}; accepted with a problem's signals are measurements of symmetric matrices.");
        }

        Guard.InRange(problem.Dimension, 1, source.Space.IsFactored ? SensingProblem.MaxDimension : GramModel<T>.MaxDimension, "problem.Dimension");
        Guard.InRange(options.FactorColumns ?? problem.Dimension, 1, problem.Dimension, "options.FactorColumns");
        Guard.AtLeast(options.Samples, 1, "options.Samples");
        Guard.Accepted(options.Samples, source.RefuseBatch(options.Samples), "options.Samples");
        CheckSteps<T>(options);
        CheckLabelNoise(source, options);
        if (!source.HasSamples && options.TruncationLevel is not null)
        {
            Refuse(
                "options.TruncationLevel",
                $"'options.TruncationLevel' is {options.TruncationLevel}; accepted with measurements that have no single samples, {source.GetType().Name}, is none.");
        }

        if (source.HasWholeSetsAlone && options.NoiseDeviation != 0)
        {
            Refuse(
                "options.NoiseDeviation",
                $"'options.NoiseDeviation' is {options.NoiseDeviation}; accepted with measurements that have no single samples, {source.GetType().Name}, is 0.");
        }

        CheckSizes(problem, environments, source, options);
    }

    /// <summary>Refuses to record a trainer that a recorder was not made for: what it compares with would be another problem's, or other environments'.</summary>
    public static void CheckObserved(object shown, object expected)
    {
        if (!ReferenceEquals(shown, expected))
        {
            Refuse("snapshot", $"'snapshot' is of another trainer; accepted are iterates of the one that the recorder was made for.");
        }
    }

    /// <summary>Refuses an iterate of another space than an observer looks at: coordinates of one are no coordinates of the other, even where they are as many.</summary>
    public static void CheckObserved(EstimateSpace shown, EstimateSpace expected, string whose)
    {
        if (shown != expected)
        {
            Refuse("snapshot", $"'snapshot' is of {shown}; accepted are iterates of {expected}, the space of {whose}.");
        }
    }

    /// <summary>Refuses a trainer whose iterate cannot be held against known signals.</summary>
    public static void CheckSignals<T>(Trainer<T> trainer, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!trainer.HasSignals)
        {
            Refuse(name, $"'{name}' runs {trainer.Algorithm} on data whose signals are not known; accepted are trainers of a problem, as M is compared with U* and V*.");
        }
    }

    /// <summary>Refuses a model whose trace is not the sum of its parameters' squares, which the rule shrinks by.</summary>
    public static void CheckTrace<T>(Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!model.IsGramFactor)
        {
            Refuse("parts.UpdateRule", $"'parts.UpdateRule' shrinks by the trace of UUᵀ with the model {model.GetType().Name}; accepted is a factor U with UUᵀ.");
        }
    }

    /// <summary>Refuses a model other than UUᵀ for an objective whose penalty is a length in U.</summary>
    public static void CheckFactor<T>(Model<T> model, Batch<T> batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (batch.NeedsFactor && !model.IsGramFactor)
        {
            Refuse("parts.Model", $"'parts.Model' is {model.GetType().Name}, and 'objective' penalizes gradients in the factor U of M = UUᵀ; accepted is a factor U with UUᵀ.");
        }
    }

    /// <summary>Refuses options of HeteroSGD that a pooled algorithm would leave unused.</summary>
    public static void RefuseEnvironmentOptions(TrainingOptions options, string algorithm)
    {
        if (options.EnvironmentOrder.Kind != EnvironmentOrderKind.Independent)
        {
            Refuse(
                "options.EnvironmentOrder",
                $"'options.EnvironmentOrder' is {options.EnvironmentOrder}; accepted for {algorithm}, which has no order, is Independent.");
        }

        if (options.PooledShare != 0)
        {
            Refuse(
                "options.PooledShare", $"'options.PooledShare' is {options.PooledShare}; accepted for {algorithm}, which pools everything, is 0.");
        }
    }

    /// <summary>Refuses the start of a run that would count as diverged before its first step.</summary>
    [DoesNotReturn]
    public static void RefuseStart<T>(Model<T> model, double scale, double threshold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int? columns = (model as GramModel<T>)?.Columns ?? 2 * (model as IndefiniteModel<T>)?.Columns;
        if (columns is null)
        {
            Refuse("parts.Model", $"'parts.Model' starts with parameters of a squared norm above {threshold}, or not finite ones; accepted is less, beyond which a run counts as diverged.");
            return;
        }

        // Below the limit by more than the round-off of a sum of squares, so that what is named is taken.
        double largest = Math.Sqrt(threshold / columns.Value) * (typeof(T) == typeof(float) ? 1 - 1e-3 : 1 - 1e-9);
        Refuse(
            "options.InitialScale",
            $"'options.InitialScale' is {scale}; accepted with {columns} columns is at most {largest}, beyond which a run counts as diverged.");
    }

    /// <summary>Returns what a step's direction is multiplied by, if it is within the schedule's bounds and the precision holds it.</summary>
    public static T RateAt<T>(TrainingOptions options, (double Smallest, double Largest)? bounds, int step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double stepSize = options.StepSize.At(step);
        if (bounds is var (smallest, largest) && !(stepSize >= smallest && stepSize <= largest))
        {
            Refuse(
                "options.StepSize",
                $"'options.StepSize', {options.StepSize}, is {stepSize} in step {step}; accepted is from {smallest} to {largest}, the bounds that it gives itself.");
        }

        T rate = T.CreateTruncating(stepSize * options.GradientScale);
        return IsPositiveNormal(rate) ? rate : CheckedRate<T>(stepSize, options, $" in step {step}");
    }

    /// <summary>Accepts what the precision holds with all its digits, above 0.</summary>
    public static void CheckNormal<T>(double value, string name, string factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!IsPositiveNormal(T.CreateTruncating(value)))
        {
            (double smallest, double largest) = Range<T>();
            Refuse(
                name,
                $"'{name}'{factor} is {value}; accepted is from {smallest} to {largest}, where {typeof(T).Name} precision has all its digits.");
        }
    }

    /// <summary>What is not 0 must not become 0: a run without noise or heterogeneity would be another one.</summary>
    public static void CheckZeroOrNormal<T>(double size, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (size != 0)
        {
            CheckNormal<T>(size, name, "");
        }
    }

    private static bool IsPositiveNormal<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.IsNormal(value) && value > T.Zero;

    private static T CheckedRate<T>(double stepSize, TrainingOptions options, string where)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = stepSize * options.GradientScale;
        T rounded = T.CreateTruncating(rate);
        if (!IsPositiveNormal(rounded))
        {
            (double smallest, double largest) = Range<T>();
            FormattableString accepted = $"a product from {smallest} to {largest}, where {typeof(T).Name} precision has all its digits";
            Refuse(
                "options.StepSize",
                $"'options.StepSize', {options.StepSize}, is {stepSize}{where}, and times 'options.GradientScale', {options.GradientScale}, {rate}; accepted is {accepted}.");
        }

        return rounded;
    }

    private static void CheckSizes<T>(
        SensingProblem problem, EnvironmentDistribution environments, MeasurementSource<T> source, TrainingOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double growth = source.GrowthBound;
        double summed = source.IsOperator && !source.IsPopulation ? options.Samples : 1;
        double limit = Range<T>().Largest / (4 * growth * Math.Max(summed, Math.Sqrt(Trainer<T>.DivergenceThreshold)));
        double most = limit / Math.Sqrt(problem.InvariantRank);
        foreach (double eigenvalue in problem.Eigenvalues)
        {
            CheckNormal<T>(Math.Abs(eigenvalue), "problem.Eigenvalues", "");
            CheckSize<T>(Math.Abs(eigenvalue), most, "problem.Eigenvalues");
        }

        (double entry, string? part) = (environments.LargestEntry, environments.LargestEntryProperty);
        string name = part is null ? "environments" : $"environments.{part}";
        CheckSize<T>(entry, limit / environments.Rank, name);
        CheckZeroOrNormal<T>(entry, name);

        // Noise averages out at m = ∞.
        if (!source.IsPopulation)
        {
            CheckSize<T>(options.NoiseDeviation, limit, "options.NoiseDeviation");
            CheckZeroOrNormal<T>(options.NoiseDeviation, "options.NoiseDeviation");
            if (options.LabelNoise is { } noise)
            {
                CheckSize<T>(noise.Deviation, limit / (noise.IsOnOneSample ? options.Samples : 1), "options.LabelNoise.Deviation");
            }
        }
    }

    /// <summary>Refuses label noise that the source does not make, or that the precision does not hold.</summary>
    private static void CheckLabelNoise<T>(MeasurementSource<T> source, TrainingOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LabelNoise.Check(options.LabelNoise, source, "options.LabelNoise");
        if (options.LabelNoise is { } noise)
        {
            CheckZeroOrNormal<T>(noise.Deviation, "options.LabelNoise.Deviation");
        }
    }

    private static void CheckSize<T>(double size, double largest, string name)
    {
        if (!(size <= largest))
        {
            Refuse(
                name,
                $"'{name}' makes numbers of size {size}; accepted is at most {largest}, with which gradients of {typeof(T).Name} precision from drawn measurements are finite.");
        }
    }

    /// <summary>The smallest normal and the largest number.</summary>
    private static (double Smallest, double Largest) Range<T>()
        => typeof(T) == typeof(float) ? (1.17549435E-38f, float.MaxValue) : (2.2250738585072014E-308, double.MaxValue);

    [DoesNotReturn]
    private static void Refuse(string name, FormattableString message)
        => throw new ArgumentException(message.ToString(CultureInfo.InvariantCulture), name);
}
