using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Hetero.Core.Training;

namespace Hetero.Experiments.Fits;

/// <summary>Measures iterates while a fit goes on, and keeps one of them.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class FitRecorder<T>(FitMeasure<T> measure, FitChoice choice, int lastStep, int every) : ITrainingObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<FitRow> _rows = [];
    private double _least;

    public IReadOnlyList<FitRow> Rows => _rows;

    /// <summary>Gets which row the kept iterate is of; −1 before the first.</summary>
    public int Chosen { get; private set; } = -1;

    /// <summary>Gets the parameters of that iterate.</summary>
    public T[] Parameters { get; private set; } = [];

    /// <summary>Gets svec of its matrix.</summary>
    public T[] Estimate { get; private set; } = [];

    public SnapshotParts Needs => SnapshotParts.Estimate;

    public void Observe(in TrainingSnapshot<T> snapshot)
    {
        // A run that goes on from a saved state has seen that iterate already.
        bool isSeen = _rows.Count > 0 && _rows[^1].Step >= snapshot.Step;
        if (isSeen || (snapshot.Step % every != 0 && snapshot.Step != lastStep))
        {
            return;
        }

        measure.Measure(snapshot.Product);
        _rows.Add(new FitRow(snapshot.Step, measure.Criterion, [.. measure.Risks], [.. measure.Invariance], measure.Error));
        double value = choice == FitChoice.Risk ? measure.Mean(measure.Risks) : measure.Criterion;
        if (Chosen < 0 || choice == FitChoice.Last || !(value >= _least))
        {
            _least = value;
            (Chosen, Parameters, Estimate) = (_rows.Count - 1, snapshot.Parameters.ToArray(), snapshot.Product.ToArray());
        }
    }

    /// <summary>Writes all that was seen.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(lastStep);
        writer.Write(every);
        writer.Write((int)choice);
        writer.Write(Unsafe.SizeOf<T>());
        writer.Write(_rows.Count);
        writer.Write(Chosen);
        writer.Write(_least);
        foreach (FitRow row in _rows)
        {
            writer.Write(row.Step);
            writer.Write(row.Criterion);
            writer.Write(row.Error ?? double.NaN);
            Write(row.Risks);
            Write(row.Invariance);
        }

        WriteNumbers(Parameters);
        WriteNumbers(Estimate);

        void Write(IReadOnlyList<double> numbers)
        {
            writer.Write(numbers.Count);
            foreach (double number in numbers)
            {
                writer.Write(number);
            }
        }

        void WriteNumbers(T[] numbers)
        {
            writer.Write(numbers.Length);
            writer.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is not of this fit.</exception>
    public void Restore(BinaryReader reader)
    {
        Require(reader.ReadInt32(), lastStep, "--steps");
        Require(reader.ReadInt32(), every, "--every");
        Require(reader.ReadInt32(), (int)choice, "the way an iterate is chosen");
        Require(reader.ReadInt32(), Unsafe.SizeOf<T>(), "the bytes of a number");
        int count = reader.ReadInt32(), chosen = reader.ReadInt32();
        double least = reader.ReadDouble();
        List<FitRow> rows = [];
        for (int i = 0; i < count; i++)
        {
            int step = reader.ReadInt32();
            double criterion = reader.ReadDouble(), error = reader.ReadDouble();
            rows.Add(new FitRow(step, criterion, Read(measure.Risks.Length), Read(measure.Invariance.Length), double.IsNaN(error) ? null : error));
        }

        T[] parameters = ReadNumbers(), estimate = ReadNumbers();
        _rows.Clear();
        _rows.AddRange(rows);
        (Chosen, Parameters, Estimate, _least) = (chosen, parameters, estimate, least);

        double[] Read(int expected)
        {
            double[] numbers = new double[Length(expected)];
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = reader.ReadDouble();
            }

            return numbers;
        }

        T[] ReadNumbers()
        {
            T[] numbers = new T[Length(null)];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
            return numbers;
        }

        static void Require(int found, int expected, string what)
        {
            if (found != expected)
            {
                throw new InvalidDataException(FormattableString.Invariant($"It is of a fit where {what} was {found} and not {expected}."));
            }
        }

        int Length(int? expected)
        {
            int length = reader.ReadInt32();
            return length >= 0 && length <= reader.BaseStream.Length && (expected is null || length == expected)
                ? length
                : throw new InvalidDataException(FormattableString.Invariant($"It has {length} numbers where {expected} are expected."));
        }
    }
}
