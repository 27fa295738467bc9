using System.Security.Cryptography;
using System.Text;

namespace Hetero.Experiments.Sweeps;

/// <summary>A part of a sweep that one process works on: runs that follow each other.</summary>
/// <param name="Number">Which task of the plan it is, from 1 on.</param>
/// <param name="Id">Sixteen hexadecimal digits of a hash of its runs' ids.</param>
/// <param name="Runs">The runs.</param>
/// <param name="Seconds">About how long they take, by <see cref="RunSeconds"/>.</param>
internal sealed record SweepTask(int Number, string Id, IReadOnlyList<SweepRun> Runs, double Seconds)
{
    /// <summary>The digits of an id.</summary>
    public const int IdDigits = 16;

    /// <summary>Makes the task of some runs.</summary>
    public static SweepTask Of(int number, IReadOnlyList<SweepRun> runs, double seconds)
    {
        byte[] ids = Encoding.ASCII.GetBytes(string.Join('\n', runs.Select(run => run.Id)));
        return new SweepTask(number, Convert.ToHexStringLower(SHA256.HashData(ids).AsSpan(0, IdDigits / 2)), runs, seconds);
    }
}
