using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// Federated averaging (FedAvg; McMahan et al., 2017): a step of the trainer is a round, in which N clients each start at the iterate, make K local steps, and are averaged,
/// θ_{t+1} = N⁻¹ Σ_c θ_c. As a part of a trainer, <see cref="TrainingParts{T}.Rounds"/>, it works with every batch, model and update rule.
/// </summary>
/// <remarks>
/// <para>Step k of client c in round t asks the batch for its step (tN + c)K + k, so that every client has samples of its own. Which environments they are of is the batch's part:
/// <see cref="Order"/> gives each client one environment for all of its K steps, and <see cref="FederatedSgd{T}"/> puts both together. A batch of another order is another algorithm.</para>
/// <para>The update rule is the clients' own: its state is 0 at the start of every client, and <see cref="UpdateStep{T}.Step"/> counts a client's steps from 0. Step sizes are those of the
/// round, η_t. The server's step size is 1: it keeps nothing but the iterate, which is what is saved. N = 1 is a run of K N steps without rounds, bit for bit, shown every K steps.</para>
/// <para>Of UUᵀ the average is that of the factors. All clients start at the same U, and what they do to it comes from the left, U_c = L_cU: the average (N⁻¹ΣL_c)U gives the same M whichever
/// of the factors UQ of M the round began with. Factors that did not start together could not be averaged so. Immutable and thread-safe.</para>
/// </remarks>
public sealed record FederatedRounds
{
    /// <summary>Creates the part.</summary>
    /// <param name="clients">N, the number of clients of a round, 1 or more.</param>
    /// <param name="localSteps">K, the number of steps of each, 1 or more; N·K is at most 2³¹ − 1.</param>
    /// <param name="participation">How a round chooses its clients.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public FederatedRounds(int clients, int localSteps, ClientParticipation participation = ClientParticipation.Independent)
    {
        Guard.AtLeast(clients, 1);
        Guard.InRange(localSteps, 1, int.MaxValue / clients);
        Guard.Defined(participation);
        (Clients, LocalSteps, Participation) = (clients, localSteps, participation);
    }

    /// <summary>Gets the number N of clients of a round.</summary>
    public int Clients { get; }

    /// <summary>Gets the number K of steps that each makes.</summary>
    public int LocalSteps { get; }

    /// <summary>Gets how a round chooses its clients.</summary>
    public ClientParticipation Participation { get; }

    /// <summary>Gets the number N·K of gradients that a round computes.</summary>
    public int StepsPerRound => Clients * LocalSteps;

    /// <summary>Gets the order of environments in which each client has one environment for all of its steps.</summary>
    public EnvironmentOrder Order
        => Participation == ClientParticipation.Distinct ? EnvironmentOrder.DistinctBlocks(LocalSteps, Clients) : EnvironmentOrder.Blocks(LocalSteps);

    /// <summary>Returns the bytes that a trainer needs for rounds beside all else: a client's parameters and the sum of those of all clients.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shapes">The shapes of the model's parameters.</param>
    public static Int128 RequiredBytes<T>(ReadOnlySpan<MatrixShape> shapes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Int128 parameters = 0;
        foreach (MatrixShape shape in shapes)
        {
            parameters += (Int128)shape.Rows * shape.Columns;
        }

        return RunSizes.Bytes<T>(2 * parameters);
    }

    internal void Describe(PartDescription description)
    {
        description.Add("clients", Clients);
        description.Add("localSteps", LocalSteps);
    }
}
