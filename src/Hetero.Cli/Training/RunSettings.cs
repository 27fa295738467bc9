using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Training;

namespace Hetero.Cli.Training;

/// <summary>Everything that the numbers of a run depend on, and how to run it. The defaults are Figure 3 with M = 6.</summary>
internal sealed record RunSettings
{
    public Algorithm Algorithm { get; init; } = Algorithm.HeteroSgd;

    public MeasurementKind Measurements { get; init; } = MeasurementKind.ExactLaw;

    public int Dimension { get; init; } = 100;

    public int InvariantRank { get; init; } = 1;

    public int SpuriousRank { get; init; } = 1;

    public double SpuriousMean { get; init; } = 1;

    public double Spread { get; init; } = 6;

    public EnvironmentKind Environments { get; init; } = EnvironmentKind.TwoPoint;

    /// <summary>The list of environments of <see cref="EnvironmentKind.Listed"/>.</summary>
    public FiniteEnvironments? EnvironmentList { get; init; }

    /// <summary>Where that list comes from.</summary>
    public string? EnvironmentFile { get; init; }

    /// <summary>The law as the command line says it.</summary>
    public string EnvironmentsText => Environments switch
    {
        EnvironmentKind.TwoPoint => "two-point",
        EnvironmentKind.Uniform => "uniform",
        _ => EnvironmentFile!,
    };

    public bool OwnDraws { get; init; }

    /// <summary>The absolute size of the off-diagonal entries of Σ^(e); 0 for none.</summary>
    public double OffDiagonal { get; init; }

    public EnvironmentOrder EnvironmentOrder { get; init; } = EnvironmentOrder.Independent;

    /// <summary>The share ρ of HeteroSGD's batch that is spread over all environments.</summary>
    public double PooledShare { get; init; }

    public SubspaceLayout Layout { get; init; } = SubspaceLayout.Random;

    /// <summary>The principal cosines of <see cref="SubspaceLayout.PrescribedOverlap"/>.</summary>
    public double Overlap { get; init; }

    /// <summary>The eigenvalues of A*; empty means ones.</summary>
    public IReadOnlyList<double> Eigenvalues { get; init; } = [];

    public double StepSize { get; init; } = 0.05;

    public double GradientScale { get; init; } = 1;

    public double InitialScale { get; init; } = 1e-3;

    /// <summary>The start; null means αI for k = d and a frame below.</summary>
    public StartKind? Start { get; init; }

    /// <summary>The number k of the factor's columns; null means d.</summary>
    public int? FactorColumns { get; init; }

    public long Samples { get; init; } = 8000;

    public int Steps { get; init; } = 200;

    public int Every { get; init; } = 1;

    public PooledSampling PooledSampling { get; init; } = PooledSampling.Stratified;

    public double Noise { get; init; }

    public Precision Precision { get; init; } = Precision.Double;

    public int Threads { get; init; } = 1;

    public ulong Seed { get; init; } = 1;

    /// <summary>The bytes that a run may take.</summary>
    public long Memory { get; init; } = DefaultMemory;

    /// <summary>Half of the memory that this process may use.</summary>
    public static long DefaultMemory { get; } = Math.Max(1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    public int Columns => FactorColumns ?? Dimension;

    public StartKind ResolvedStart => Start ?? (Columns == Dimension ? StartKind.Identity : StartKind.Frame);
}
