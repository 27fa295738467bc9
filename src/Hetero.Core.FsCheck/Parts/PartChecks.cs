using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.FsCheck;

/// <summary>
/// Checks of parts of one's own: each returns the faults that it finds, a plain sentence each, and an empty list for a part that keeps its
/// contract. In any test framework that is one line:
/// <c>Assert.Empty(PartChecks.FaultsOfModel(team => new MyModel(8)))</c>.
/// </summary>
/// <remarks>
/// An exception that a part throws is a fault, too. All numbers that parts are checked on follow from seeds, so that a check gives the same
/// result every time. What is left to chance over
/// the seeds, and how little, is said where it is. Memory is measured on the calling thread, once what is measured has run before.
/// Parts that keep scratch memory are given by a function that makes a fresh one with each call, on the team that it gets; a part that uses
/// no team may ignore it.
/// Thread-safe: no state.
/// </remarks>
public static class PartChecks
{
    /// <summary>
    /// Checks a whole run: the same bits for a second run, on teams of one, two and three threads, and from states of the steps 0, 1, half
    /// of all and the last but one, continued by a fresh trainer and by
    /// one that made other steps; numbers that stay finite; a description that is the same for the same arguments; and no memory allocated
    /// by a step.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="create">Makes a fresh trainer of all fresh parts, on a team or on the calling thread.</param>
    /// <param name="steps">The number of steps, 2 or more; as many again are made before and while memory is measured, in four
    /// rounds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is out of range.</exception>
    public static IReadOnlyList<string> FaultsOfTrainer<T>(Func<WorkerTeam?, Trainer<T>> create, int steps = 12)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(create);
        Require.InRange(steps, 2, 1 << 20);
        return new TrainerFaults<T>(create, steps).Find();
    }

    /// <summary>
    /// Checks that runs which differ tell each other apart: a state of each is refused by all others, by a <see
    /// cref="RunMismatchException"/>.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="runs">Functions that make trainers whose numbers differ, such as in one argument of a part.</param>
    public static IReadOnlyList<string> FaultsOfDescriptions<T>(params IReadOnlyList<Func<Trainer<T>>> runs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(runs);
        return DescriptionFaults.Find(runs);
    }

    /// <summary>
    /// Returns the bytes that a step allocates on the calling thread, on average over some steps; the most of three rounds of them.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="trainer">The trainer; it makes <paramref name="warmUp"/> steps, one more and three times <paramref
    /// name="steps"/>. A diverged one makes no more steps.</param>
    /// <param name="warmUp">The steps before, 0 or more.</param>
    /// <param name="steps">The steps of a round, 1 or more.</param>
    /// <param name="observer">Shown every iterate; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double BytesPerStep<T>(Trainer<T> trainer, int warmUp = 12, int steps = 12, ITrainingObserver<T>? observer = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(trainer);
        Require.InRange(warmUp, 0, 1 << 20);
        Require.InRange(steps, 1, 1 << 20);
        return TrainerFaults<T>.BytesPerStep(trainer, warmUp, steps, observer);
    }

    /// <summary>
    /// Checks a model: start, matrix and direction write all entries, whatever stood there and was asked for before, with the same bits on
    /// teams of one, two and three threads, and allocate nothing; and the
    /// direction is c times the gradient, with the same c above 0 everywhere.
    /// </summary>
    /// <remarks>
    /// The gradient is checked on ½‖M(θ) − B‖²_F, whose gradient in M is M − B, at three points θ_0 + N(0, scale²) along four lines each. c
    /// is the one of least squares of the derivatives by central
    /// differences. Then the Taylor remainder must shrink with slope 2: in double from 2⁻⁶ to 2⁻¹⁶ of the scale, which finds errors above
    /// about 10⁻⁵ of the gradient; in float, from 2⁻² to 2⁻⁷, above about
    /// 10⁻². So check a generic model in double, too. A model must be smooth near these points.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="create">Makes a fresh model, on a team or on the calling thread.</param>
    /// <param name="scale">How far the points lie from the start, above 0.</param>
    /// <param name="seed">The seed of the points.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is out of range.</exception>
    public static IReadOnlyList<string> FaultsOfModel<T>(Func<WorkerTeam?, Model<T>> create, double scale = 0.5, ulong seed = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(create);
        Require.Positive(scale);
        return new ModelFaults<T>(create, scale, seed).Find();
    }

    /// <summary>
    /// Checks an objective: that <see cref="Objective{T}.Combine"/> writes the gradient of the value (the constant is 1), by the Taylor
    /// slope as <see cref="FaultsOfModel"/> does; that it keeps nothing and allocates nothing.
    /// </summary>
    /// <remarks>
    /// On data of three environments of probabilities 0.5, 0.3 and 0.2, whole environments a step, with N(0, 1) measurements and responses.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="create">Makes a fresh objective.</param>
    /// <param name="value">Its value.</param>
    /// <param name="dimension">The dimension d of the data, 1 to 32.</param>
    /// <param name="seed">The seed of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public static IReadOnlyList<string> FaultsOfObjective<T>(Func<Objective<T>> create, ObjectiveValue<T> value, int dimension = 4, ulong seed = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(value);
        Require.InRange(dimension, 1, 32);
        return new ObjectiveFaults<T>(create, value, dimension, seed).Find();
    }

    /// <summary>
    /// Checks any function of many numbers and its gradient, along eight lines through a point, by the Taylor slope as <see
    /// cref="FaultsOfModel"/> does; the constant is 1.
    /// </summary>
    /// <param name="point">The point, one number or more; the function must be smooth near it.</param>
    /// <param name="value">The function.</param>
    /// <param name="gradient">Writes all numbers of its gradient.</param>
    /// <param name="scale">The length scale of the function near the point, above 0.</param>
    /// <param name="seed">The seed of the lines.</param>
    /// <exception cref="ArgumentException">The point is empty, or the scale out of range.</exception>
    public static IReadOnlyList<string> FaultsOfGradient(
        ReadOnlySpan<double> point, Func<ReadOnlySpan<double>, double> value, Action<ReadOnlySpan<double>, Span<double>> gradient, double scale = 1, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(gradient);
        Require.Positive(scale);
        Require.InRange(point.Length, 1, Array.MaxLength);
        return GradientFaults.Find(point.ToArray(), value, gradient, scale, seed);
    }

    /// <summary>
    /// Checks an update rule, on one matrix of parameters and on three: the same bits for a second run and for runs that take turns,
    /// whatever the scratch memory held; parameters that stay finite, with directions N(0, 1) and
    /// with zeros; memory as it asked for, and none allocated.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="rule">The rule.</param>
    /// <param name="stepSize">The step size of the check, above 0.</param>
    /// <param name="seed">The seed of parameters and directions.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step size is out of range.</exception>
    public static IReadOnlyList<string> FaultsOfUpdateRule<T>(UpdateRule<T> rule, double stepSize = 0.01, ulong seed = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rule);
        Require.Positive(stepSize);
        return new UpdateRuleFaults<T>(rule, stepSize, seed).Find();
    }

    /// <summary>
    /// Checks a schedule: step sizes above 0, finite and within its bounds, the same in any order of steps, and no memory allocated.
    /// </summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="steps">The number of steps, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is out of range.</exception>
    public static IReadOnlyList<string> FaultsOfStepSizes(StepSizeSchedule schedule, int steps = 1000)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        Require.InRange(steps, 1, 1 << 20);
        return StepSizeFaults.Find(schedule, steps);
    }

    /// <summary>
    /// Checks a batch: that a gradient follows from step and iterate alone, in any order of steps, with the same bits on teams of one, two
    /// and three threads, is finite and allocates nothing.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="create">Makes a fresh batch of all fresh parts, on a team or on the calling thread.</param>
    /// <param name="steps">The number of steps, 2 or more.</param>
    /// <param name="seed">The seed of the iterates.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is out of range.</exception>
    public static IReadOnlyList<string> FaultsOfBatch<T>(Func<WorkerTeam?, Batch<T>> create, int steps = 8, ulong seed = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(create);
        Require.InRange(steps, 2, 1 << 20);
        return new BatchFaults<T>(create, steps, seed).Find();
    }

    /// <summary>
    /// Checks a law of environments: a draw follows from its stream alone, also on two threads, is symmetric, within <see
    /// cref="EnvironmentDistribution.LargestEntry"/> and allocates nothing; matrices, labels and mean of a finite
    /// list agree with its draws and probabilities, whose sum is 1; and means and frequencies of many draws agree with what is said of
    /// them.
    /// </summary>
    /// <remarks>
    /// Means and frequencies are compared by Hoeffding's inequality: of a right law a call finds a fault for at most one seed in 10⁹. With
    /// 20000 draws it takes a mean that is wrong by more than 5 to 10 % of the largest entry, or a probability that is
    /// wrong by 0.05, to be found with near certainty. Lists of more than 65536 environments are not gone through.
    /// </remarks>
    /// <param name="law">The law.</param>
    /// <param name="draws">The number of draws, 100 or more.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of draws is out of range.</exception>
    public static IReadOnlyList<string> FaultsOfEnvironments(EnvironmentDistribution law, int draws = 20000, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(law);
        Require.InRange(draws, 100, int.MaxValue);
        return new EnvironmentFaults(law, draws, seed).Find();
    }

    /// <summary>
    /// Checks a source: the same bits twice, from another source of the same arguments and on teams of one, two and three threads; results
    /// that are added; measurements that change with the step, or do not, as <see cref="MeasurementSource{T}.IsReused"/> says;
    /// no memory allocated. Of an operator also that it is linear, self-adjoint and not negative, and that its samples add up in groups.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="create">Makes a fresh source, on a team or on the calling thread.</param>
    /// <param name="samples">The number m of samples, 3 or more and as many as the source has.</param>
    /// <param name="seed">The seed of the matrices.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of samples is out of range.</exception>
    public static IReadOnlyList<string> FaultsOfMeasurements<T>(Func<WorkerTeam?, MeasurementSource<T>> create, int samples = 30, ulong seed = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(create);
        Require.InRange(samples, 3, 1 << 24);
        return new MeasurementFaults<T>(create, samples, seed).Find();
    }

    /// <summary>Checks that E[⟨X, D⟩X] = D for symmetric D, with which a step size has its usual meaning.</summary>
    /// <remarks>
    /// The mean over the steps of 12 products ⟨(1/m) Σ ⟨X_i, D⟩X_i, N⟩ must lie within 7 standard errors, as estimated, of ⟨D, N⟩: by the
    /// central limit theorem a right source is found faulty for one seed in 10¹⁰, and by Student's law, which it
    /// is at some 400 steps, for one in 10⁹.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="source">A source with new measurements in every step.</param>
    /// <param name="samples">The number m of samples a step, 1 or more.</param>
    /// <param name="steps">The number of steps, 100 or more.</param>
    /// <param name="seed">The seed of the matrices.</param>
    /// <exception cref="ArgumentException">A number is out of range, or the source has the same measurements in every step.</exception>
    public static IReadOnlyList<string> FaultsOfIsotropy<T>(MeasurementSource<T> source, int samples = 100, int steps = 400, ulong seed = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(source);
        Require.InRange(samples, 1, 1 << 24);
        Require.InRange(steps, 100, 1 << 24);
        if (source.IsReused)
        {
            throw new ArgumentException($"'{nameof(source)}' has the same measurements in every step; accepted are sources with new ones.", nameof(source));
        }

        return new IsotropyFaults<T>(source, samples, steps, seed).Find();
    }
}
