using System.Diagnostics;
using System.Globalization;
using Hetero.Core.Benchmarks.Peers;

namespace Hetero.Core.Benchmarks.Disk;

/// <summary>Reading and training of the same bytes, in turn.</summary>
/// <param name="skipped">The first rounds, which do not count.</param>
internal sealed class DiskTimes(int skipped)
{
    private readonly List<double> _reading = [];
    private readonly List<double> _training = [];
    private readonly List<double> _fromDisk = [];

    /// <summary>Measures how long something takes.</summary>
    public static double Seconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Adds a turn.</summary>
    public void Add(int round, double bytes, double reading, double training, double fromDisk)
    {
        if (round >= skipped)
        {
            _reading.Add(bytes / reading);
            _training.Add(bytes / training);
            _fromDisk.Add(fromDisk / bytes);
        }
    }

    public override string ToString()
    {
        double[] ratios = [.. _training.Zip(_reading, (own, other) => own / other).Order()];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"reading {Rounds.Median(_reading) / 1e9:0.00} GB/s (best {_reading.Max() / 1e9:0.00}), training {Rounds.Median(_training) / 1e9:0.00} (best {_training.Max() / 1e9:0.00}), "
            + $"ratio {Rounds.Median(ratios):0.00} ({ratios[ratios.Length / 4]:0.00} to {ratios[ratios.Length * 3 / 4]:0.00}; of the best {_training.Max() / _reading.Max():0.00}), "
            + $"{_fromDisk.Min():P0} to {_fromDisk.Max():P0} from the disk");
    }
}
