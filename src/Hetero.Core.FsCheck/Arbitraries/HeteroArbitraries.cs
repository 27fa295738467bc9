using FsCheck;
using Hetero.Core.Theory;

namespace Hetero.Core.FsCheck;

/// <summary>
/// The arbitraries of all descriptions in the form in which FsCheck finds them by type: <c>ArbMap.Default.Merge&lt;…&gt;()</c>, or
/// <c>[Property(Arbitrary = [typeof(HeteroArbitraries)])]</c> with the test framework packages of FsCheck.
/// </summary>
/// <remarks>
/// The methods have no arguments, as FsCheck requires; the classes they call offer sizes and sides. A static class could not be the argument of Merge.
/// </remarks>
public abstract class HeteroArbitraries
{
    private HeteroArbitraries()
    {
    }

    /// <summary>Symmetric matrices of full and of low rank.</summary>
    public static Arbitrary<SymmetricMatrixDescription> SymmetricMatrices() => SymmetricMatrixArbitrary.Any();

    /// <summary>Haar-random subspaces.</summary>
    public static Arbitrary<SubspaceDescription> Subspaces() => SubspaceArbitrary.Any();

    /// <summary>Problems with random, orthogonal and overlapping subspaces.</summary>
    public static Arbitrary<ProblemDescription> Problems() => ProblemArbitrary.Any();

    /// <summary>Distributions over environments inside and outside Assumption 2.</summary>
    public static Arbitrary<EnvironmentDescription> Environments() => EnvironmentArbitrary.Any();

    /// <summary>Batches of measurements.</summary>
    public static Arbitrary<MeasurementDescription> Measurements() => MeasurementArbitrary.Any();

    /// <summary>Step sizes.</summary>
    public static Arbitrary<StepSize> StepSizes() => StepSizeArbitrary.Any();

    /// <summary>Instances of the theory.</summary>
    public static Arbitrary<TheoryInstance> Instances() => InstanceArbitrary.Any();
}
