namespace Hetero.Core.Training;

/// <summary>How a federated round chooses its clients.</summary>
public enum ClientParticipation
{
    /// <summary>Every client of a round draws its environment by itself: with replacement from a list, and from any law.</summary>
    Independent,

    /// <summary>No two clients of a round have the same environment of a list of equal odds: without replacement. As many clients as environments are full participation.</summary>
    Distinct,
}
