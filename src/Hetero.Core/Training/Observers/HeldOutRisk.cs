using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>Records the risk (1/2n) Σ (⟨X_i, M⟩ − y_i)² of every environment on data that training does not see, every few steps, at the start and at the last step.</summary>
/// <remarks>Room for all rows is made at the beginning; observing allocates nothing, and takes a pass over the data.
/// Not thread-safe: an iterate shown while another one is being recorded is refused.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class HeldOutRisk<T> : ITrainingObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MeasuredData<T> _data;
    private readonly int _lastStep;
    private readonly int _every;
    private readonly int[] _steps;
    private readonly double[] _risks;
    private ExclusiveUse _use;

    /// <summary>Makes room for the rows.</summary>
    /// <param name="data">The data held out, and not those that are trained on: these a run can fit without learning anything that holds for others.</param>
    /// <param name="lastStep">The last step of the whole run, 0 or more.</param>
    /// <param name="every">The distance between recorded steps, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public HeldOutRisk(MeasuredData<T> data, int lastStep, int every = 1)
    {
        ArgumentNullException.ThrowIfNull(data);
        Guard.AtLeast(every, 1);
        Guard.InRange(lastStep, 0, ((Array.MaxLength - 1L) * every) - 1, nameof(lastStep));
        int rows = (lastStep / every) + 2;
        (_data, _lastStep, _every) = (data, lastStep, every);
        _steps = new int[rows];
        _risks = new double[Guard.ArrayLength(rows, data.MeasurementSets, nameof(lastStep))];
    }

    /// <summary>Gets the number of rows recorded so far.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the steps of the rows.</summary>
    public ReadOnlySpan<int> Steps => _steps.AsSpan(0, Count);

    /// <summary>Returns the risks of a row, one for each environment.</summary>
    /// <param name="row">0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<double> GetRisks(int row)
    {
        Guard.InRange(row, 0, Count - 1);
        return _risks.AsSpan(row * _data.MeasurementSets, _data.MeasurementSets);
    }

    /// <inheritdoc/>
    public SnapshotParts Needs => SnapshotParts.Estimate;

    /// <inheritdoc/>
    public Int128 BufferBytes(in RunSizes sizes) => RunSizes.Bytes<int>(_steps.Length) + RunSizes.Bytes<double>(_risks.Length);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The iterate is not in the space of the data.</exception>
    /// <exception cref="InvalidOperationException">More iterates are shown than there is room for, or another iterate is being recorded.</exception>
    public void Observe(in TrainingSnapshot<T> snapshot)
    {
        if (snapshot.Step % _every != 0 && snapshot.Step != _lastStep)
        {
            return;
        }

        using ExclusiveUse.Scope use = _use.Enter("The recorder is already recording an iterate; give each trainer a recorder of its own.");
        TrainingCheck.CheckObserved(snapshot.Space, _data.Space, "the data held out");

        if (Count == _steps.Length)
        {
            throw new InvalidOperationException($"The recorder has room for {Count} rows, those of the steps 0 to {_lastStep}; give each run a recorder of its own.");
        }

        for (int e = 0; e < _data.MeasurementSets; e++)
        {
            _risks[(Count * _data.MeasurementSets) + e] = _data.Risk(e, snapshot.Product);
        }

        _steps[Count++] = snapshot.Step;
    }
}
