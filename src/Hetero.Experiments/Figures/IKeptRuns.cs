namespace Hetero.Experiments.Figures;

/// <summary>What a figure of long runs has kept of those that are finished, until the figure is: made again after an interruption, it takes them up. A run is a text under its identity.</summary>
/// <remarks>Thread-safe.</remarks>
internal interface IKeptRuns
{
    /// <summary>Says whether a run was kept that can be read.</summary>
    /// <param name="id">Its identity.</param>
    /// <param name="read">Reads the text, and says whether it is such a run as a whole.</param>
    bool Find(string id, Func<string, bool> read);

    /// <summary>Keeps a run, as a whole or not at all.</summary>
    void Keep(string id, string text);
}
