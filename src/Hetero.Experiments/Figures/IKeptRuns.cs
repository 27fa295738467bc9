namespace Hetero.Experiments.Figures;

/// <summary>What a figure of long runs has kept of those that are finished, until the figure is: made again after an interruption, it takes them up. A run is a text under its identity.</summary>
/// <remarks>Thread-safe.</remarks>
internal interface IKeptRuns
{
    /// <summary>Returns what was kept; null if nothing was.</summary>
    string? Find(string id);

    /// <summary>Keeps a run, as a whole or not at all.</summary>
    void Keep(string id, string text);
}
