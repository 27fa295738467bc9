using Hetero.Experiments.Fits;

namespace Hetero.Experiments.Tests.Fits;

/// <summary>States of a fit in a dictionary.</summary>
internal static class FitStates
{
    public static FitSaving Saving(Dictionary<string, byte[]> kept, int every, Action after) => new(
        every,
        (name, write) =>
        {
            using MemoryStream stream = new();
            write(stream);
            kept[name] = stream.ToArray();
            after();
        },
        name => kept.TryGetValue(name, out byte[]? state) ? new MemoryStream(state) : null);
}
