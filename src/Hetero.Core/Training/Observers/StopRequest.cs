namespace Hetero.Core.Training;

/// <summary>An observer's wish to end the run. Belongs to the trainer.</summary>
internal sealed class StopRequest
{
    public bool IsMade { get; set; }
}
