using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Training;

namespace Hetero.Experiments.Recipes;

/// <summary>
/// A run in names and numbers: everything that its numbers depend on, and how to run it. The defaults are Figure 3 with M = 6. A recipe goes through
/// <see cref="RecipeJson"/> and comes back equal; a run's manifest has it under the same names.
/// </summary>
/// <remarks>
/// <para>Two are equal if all values are, entries of lists included. Immutable and thread-safe. Values are checked by <see cref="Check"/>, which everything
/// that runs a recipe calls first.</para>
/// <para>Problem and law stand in the recipe as <see cref="Problem"/> and <see cref="Environments"/>; their parts are properties here too, so that one
/// <c>with</c> is enough to vary them.</para>
/// </remarks>
/// <example>
/// <code>
/// RunRecipe recipe = new() { Dimension = 50, Spread = 8, Seed = 7 };
/// RecordedRun run = Runner.Execute(recipe with { Samples = 4000 });
/// Console.WriteLine(run.Trajectory.Rows[^1].Spurious);
/// </code>
/// </example>
public sealed record RunRecipe
{
    /// <summary>Gets the training algorithm.</summary>
    public Algorithm Algorithm { get; init; } = Algorithm.HeteroSgd;

    /// <summary>Gets where measurements come from.</summary>
    public MeasurementKind Measurements { get; init; } = MeasurementKind.ExactLaw;

    /// <summary>Gets the parameterization of the matrix that is trained.</summary>
    public ModelKind Model { get; init; } = ModelKind.Gram;

    /// <summary>Gets what τ is in the shrinkage of <see cref="ModelKind.QuadraticNetwork"/>; other models have none.</summary>
    public TraceKind ShrinkageTrace { get; init; } = TraceKind.Known;

    /// <summary>Gets the level R of predictions above which a sample is left out of the gradient; null for none.</summary>
    public double? Truncation { get; init; }

    /// <summary>Gets whether the signals are those of neurons a_j ~ N(0, I/d), r1 invariant and r2 variant ones, in the place of subspaces.</summary>
    public bool Neurons { get; init; }

    /// <summary>Gets how <see cref="Algorithm.PooledGd"/> makes one gradient of those of all environments.</summary>
    public ObjectiveRecipe Objective { get; init; } = new();

    /// <summary>Gets the problem.</summary>
    public ProblemRecipe Problem { get; init; } = new();

    /// <summary>Gets the law of the environments.</summary>
    public EnvironmentRecipe Environments { get; init; } = new();

    /// <inheritdoc cref="ProblemRecipe.Dimension"/>
    public int Dimension { get => Problem.Dimension; init => Problem = Problem with { Dimension = value }; }

    /// <inheritdoc cref="ProblemRecipe.InvariantRank"/>
    public int InvariantRank { get => Problem.InvariantRank; init => Problem = Problem with { InvariantRank = value }; }

    /// <inheritdoc cref="ProblemRecipe.SpuriousRank"/>
    public int SpuriousRank { get => Problem.SpuriousRank; init => Problem = Problem with { SpuriousRank = value }; }

    /// <inheritdoc cref="ProblemRecipe.Orthogonal"/>
    public bool Orthogonal { get => Problem.Orthogonal; init => Problem = Problem with { Orthogonal = value }; }

    /// <inheritdoc cref="ProblemRecipe.Overlap"/>
    public double? Overlap { get => Problem.Overlap; init => Problem = Problem with { Overlap = value }; }

    /// <inheritdoc cref="ProblemRecipe.Eigenvalues"/>
    public IReadOnlyList<double> Eigenvalues { get => Problem.Eigenvalues; init => Problem = Problem with { Eigenvalues = value }; }

    /// <inheritdoc cref="ProblemRecipe.Layout"/>
    public SubspaceLayout Layout => Problem.Layout;

    /// <inheritdoc cref="EnvironmentRecipe.Law"/>
    public ScalarLaw Law { get => Environments.Law; init => Environments = Environments with { Law = value }; }

    /// <inheritdoc cref="EnvironmentRecipe.Mean"/>
    public double SpuriousMean { get => Environments.Mean; init => Environments = Environments with { Mean = value }; }

    /// <inheritdoc cref="EnvironmentRecipe.Spread"/>
    public double Spread { get => Environments.Spread; init => Environments = Environments with { Spread = value }; }

    /// <inheritdoc cref="EnvironmentRecipe.OwnDraws"/>
    public bool OwnDraws { get => Environments.OwnDraws; init => Environments = Environments with { OwnDraws = value }; }

    /// <inheritdoc cref="EnvironmentRecipe.OffDiagonal"/>
    public double OffDiagonal { get => Environments.OffDiagonal; init => Environments = Environments with { OffDiagonal = value }; }

    /// <summary>Gets the name of the file that a list of environments comes from, for messages and manifests; the list itself is what counts.</summary>
    public string? EnvironmentFile { get; init; }

    /// <summary>Gets the order in which HeteroSGD meets its environments.</summary>
    public EnvironmentOrderKind EnvironmentOrder { get; init; } = EnvironmentOrderKind.Independent;

    /// <summary>Gets the number of steps that a draw is kept for, with <see cref="EnvironmentOrderKind.Blocks"/> alone; else null.</summary>
    public int? BlockLength { get; init; }

    /// <summary>Gets the share ρ of HeteroSGD's batch that is spread over all environments, 0 to 1.</summary>
    public double PooledShare { get; init; }

    /// <summary>Gets the number N of clients of a federated round, which a step then is; 1 for HeteroSGD itself.</summary>
    public int Clients { get; init; } = 1;

    /// <summary>Gets the number K of steps that each client makes in a round.</summary>
    public int LocalSteps { get; init; } = 1;

    /// <summary>Gets how a round chooses its clients.</summary>
    public ClientParticipation Participation { get; init; } = ClientParticipation.Independent;

    /// <summary>Gets the step size η, the first one where the <see cref="Schedule"/> changes it.</summary>
    public double StepSize { get; init; } = 0.05;

    /// <summary>Gets how the step size changes from step to step.</summary>
    public ScheduleRecipe Schedule { get; init; } = new();

    /// <summary>Gets what a step makes of the direction.</summary>
    public UpdateRecipe Update { get; init; } = new();

    /// <summary>Gets the factor on the step size: 1 is the update (3), 2 the gradient of (2).</summary>
    public double GradientScale { get; init; } = 1;

    /// <summary>Gets the scale α of the start.</summary>
    public double InitialScale { get; init; } = 1e-3;

    /// <summary>Gets the start of the factors; null means αI for k = d and a frame below.</summary>
    public StartKind? Start { get; init; }

    /// <summary>Gets the number k of each factor's columns; null means d.</summary>
    public int? FactorColumns { get; init; }

    /// <summary>Gets the number m of samples of a step.</summary>
    public long Samples { get; init; } = 8000;

    /// <summary>Gets the last step.</summary>
    public int Steps { get; init; } = 200;

    /// <summary>Gets the number of steps from one recorded row to the next; the last step is always recorded.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Gets how pooled samples are spread over the environments.</summary>
    public PooledSampling PooledSampling { get; init; } = PooledSampling.Stratified;

    /// <summary>Gets the standard deviation of noise in the responses.</summary>
    public double Noise { get; init; }

    /// <summary>Gets the standard deviation of Gaussian noise that every step adds anew to the responses that it sees; 0 for none.</summary>
    public double LabelNoise { get; init; }

    /// <summary>Gets the numbers to work with.</summary>
    public Precision Precision { get; init; } = Precision.Double;

    /// <summary>Gets the number of threads of a single run; the numbers do not depend on it. Runs over seeds take a thread each.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Gets the seed of everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Gets the bytes that a run may take; null for half of the memory that this process may use.</summary>
    public long? Memory { get; init; }

    /// <summary>Gets half of the memory that this process may use.</summary>
    public static long DefaultMemory { get; } = Math.Max(1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <summary>Gets the number k of the factor's columns, d if nothing else is said.</summary>
    public int Columns => FactorColumns ?? Dimension;

    /// <summary>Gets the same recipe with everything said that has been left to a default, apart from the memory, whose default is the machine's: what a manifest holds.</summary>
    /// <returns>A recipe that makes the same run.</returns>
    public RunRecipe Resolve() => this with
    {
        Eigenvalues = Eigenvalues.Count > 0 || Neurons ? Eigenvalues : [.. Enumerable.Repeat(1.0, Math.Max(InvariantRank, 0))],
        Start = Start ?? (Columns == Dimension ? StartKind.Identity : StartKind.Frame),
        FactorColumns = Columns,
        Schedule = Schedule.Resolve(Steps),
        Update = Update.Resolve(),
        Objective = Objective.Resolve(),
    };

    /// <summary>Refuses values that are out of range or do not fit each other, before anything is allocated.</summary>
    /// <exception cref="RecipeException">A value is refused; the message names it, what was found and what is accepted.</exception>
    public void Check() => RecipeCheck.Check(this);

    /// <summary>Whether measurements are drawn once and kept.</summary>
    internal bool IsStored => Measurements is MeasurementKind.Stored or MeasurementKind.StoredRankOne;

    /// <summary>Whether measurements are xxᵀ.</summary>
    internal bool IsRankOne => Measurements is MeasurementKind.RankOne or MeasurementKind.StoredRankOne;

    /// <summary>Whether no d×d matrix is made.</summary>
    internal bool IsFactored => Measurements == MeasurementKind.ExactLawFactored;

    /// <summary>Makes the update rule, with the shrinkage of the model around it.</summary>
    internal UpdateRule<T> CreateRule<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        UpdateRule<T> rule = Update.Create<T>();
        return Model == ModelKind.QuadraticNetwork ? new Shrinkage<T>(rule, ShrinkageTrace) : rule;
    }

    /// <summary>The bytes that a run may take.</summary>
    internal long MemoryLimit => Memory ?? DefaultMemory;

    /// <summary>The law as an option says it.</summary>
    internal string EnvironmentsText => Environments.IsListed ? EnvironmentFile ?? "a list" : RecipeWords.Laws.NameOf(Law);

    /// <summary>The federated rounds; null for HeteroSGD itself.</summary>
    internal FederatedRounds? Rounds => this is { Clients: 1, LocalSteps: 1, Participation: ClientParticipation.Independent } ? null : new(Clients, LocalSteps, Participation);

    /// <summary>The order as the library wants it.</summary>
    internal EnvironmentOrder Order => EnvironmentOrder switch
    {
        EnvironmentOrderKind.Cyclic => Core.Environments.EnvironmentOrder.Cyclic,
        EnvironmentOrderKind.Shuffled => Core.Environments.EnvironmentOrder.Shuffled,
        EnvironmentOrderKind.Blocks => Core.Environments.EnvironmentOrder.Blocks(BlockLength ?? 1),
        _ => Core.Environments.EnvironmentOrder.Independent,
    };

    /// <summary>The number of samples of a step that are spread over all environments; none at m = ∞.</summary>
    internal long PooledSamples => this switch
    {
        { Measurements: MeasurementKind.Population } or { Algorithm: Algorithm.PooledGd } => 0,
        { Algorithm: Algorithm.PooledSgd } => Samples,
        _ => Core.Training.PooledShare.SamplesOf(Samples, PooledShare),
    };
}
