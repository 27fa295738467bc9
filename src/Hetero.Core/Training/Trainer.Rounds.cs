using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <content>Federated rounds.</content>
public partial class Trainer<T>
{
    private readonly RoundWork<T>? _round;

    /// <summary>Gets the federated rounds that a step is; null where it is a step of the batch.</summary>
    public FederatedRounds? Rounds => _round?.Rounds;

    /// <summary>The most steps: those of the batch are counted.</summary>
    private int MostSteps => _round is null ? int.MaxValue : int.MaxValue / _round.Rounds.StepsPerRound;

    /// <summary>Has every client make its steps from the iterate, and averages what they end with.</summary>
    /// <returns>Whether the run can go on; a client that diverges takes the run with it, and is its last iterate.</returns>
    private bool MakeRound(RoundWork<T> round)
    {
        try
        {
            round.SamplesLeftOut = 0;
            for (int client = 0; client < round.Rounds.Clients; client++)
            {
                if (client > 0)
                {
                    _work.SetEstimate(_parameters, isOutOfBounds: false, _cancellation);
                }

                if (!Train(round, client))
                {
                    round.Local.CopyTo(_parameters);
                    return false;
                }

                round.Add(client);
            }
        }
        catch
        {
            // The iterate is as it was: clients have parameters of their own. The rule's state was theirs, and is 0 between rounds.
            HasFailed = true;
            _state.AsSpan().Clear();
            _work.SetEstimate(_parameters, isOutOfBounds: false);
            HasFailed = false;
            throw;
        }

        HasFailed = true;
        round.CopyAverage(_parameters);
        _state.AsSpan().Clear();
        return _work.SetEstimate(_parameters, IsOutOfBounds(_parameters));
    }

    /// <summary>Makes the local steps of a client.</summary>
    private bool Train(RoundWork<T> round, int client)
    {
        _parameters.CopyTo(round.Local);
        _state.AsSpan().Clear();
        int first = round.FirstStep(Step, client);
        for (int k = 0; k < round.Rounds.LocalSteps; k++)
        {
            bool goesOn = Descend(round.Local, first + k, k);
            round.SamplesLeftOut += _batch.SamplesLeftOut;
            if (!goesOn)
            {
                return false;
            }
        }

        return true;
    }
}
