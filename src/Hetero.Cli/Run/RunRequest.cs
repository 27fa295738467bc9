using Hetero.Cli.Training;

namespace Hetero.Cli.Run;

/// <summary>One call of hetero run: what to train and which files are involved.</summary>
internal sealed record RunRequest(RunSettings Settings, string? Out, string? Json, string? Checkpoint, string? Resume);
