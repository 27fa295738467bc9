using System.Runtime.CompilerServices;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.CsProj;
using BenchmarkDotNet.Toolchains.DotNetCli;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Benchmarks.Setup;

/// <summary>A job for each register width of this machine, named after the path that the library takes there.</summary>
internal static class InstructionSets
{
    internal const string ExpectedPath = "HETERO_BENCHMARKS_EXPECTED_PATH";

    internal static (string Name, string Value) WithoutAvx512 { get; } = ("DOTNET_EnableAVX512", "0");

    /// <summary>Returns the jobs, the widest path first.</summary>
    public static IEnumerable<Job> Jobs()
    {
        yield return Create(SimdPath.Name);
        if (SimdPath.Is512)
        {
            yield return Create("Vector256").WithEnvironmentVariable(WithoutAvx512.Name, WithoutAvx512.Value);
        }

        if (SimdPath.Is512 || SimdPath.Is256)
        {
            yield return Create("scalar").WithEnvironmentVariable("DOTNET_EnableHWIntrinsic", "0");
        }
    }

    // Instruction sets are chosen when a process starts, so every job needs processes of its own. The framework is named because the
    // list of frameworks inside BenchmarkDotNet ends before this one.
    private static Job Create(string path) => Job.Default
        .WithId(path)
        .WithToolchain(CsProjCoreToolchain.From(new NetCoreAppSettings("net10.0", null, ".NET 10.0")))
        .WithEnvironmentVariable(ExpectedPath, path);

    /// <summary>A runtime may ignore a switch that it does not know: then the table would compare a path with itself.</summary>
    [ModuleInitializer]
    internal static void CheckPath()
    {
        if (Environment.GetEnvironmentVariable(ExpectedPath) is { } expected && expected != SimdPath.Name)
        {
            throw new InvalidOperationException($"This job is for the path {expected}, but the process took {SimdPath.Name}.");
        }
    }
}
