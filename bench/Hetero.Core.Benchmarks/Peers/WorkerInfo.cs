using System.Text.Json.Serialization;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>The versions and settings that a worker reports; null for what it did not load.</summary>
internal sealed record WorkerInfo
{
    [JsonPropertyName("python")]
    public required string Python { get; init; }

    [JsonPropertyName("numpy")]
    public required string NumPy { get; init; }

    [JsonPropertyName("numpy_avx512")]
    public required bool NumPyHasAvx512 { get; init; }

    [JsonPropertyName("openblas")]
    public string? OpenBlas { get; init; }

    [JsonPropertyName("core")]
    public string? Core { get; init; }

    [JsonPropertyName("openblas_threads")]
    public int? OpenBlasThreads { get; init; }

    [JsonPropertyName("lapack")]
    public string? Lapack { get; init; }

    [JsonPropertyName("torch")]
    public string? Torch { get; init; }

    [JsonPropertyName("torch_threads")]
    public int? TorchThreads { get; init; }

    [JsonPropertyName("torch_kernels")]
    public string? TorchKernels { get; init; }

    [JsonPropertyName("torch_lapack")]
    public string? TorchLapack { get; init; }
}
