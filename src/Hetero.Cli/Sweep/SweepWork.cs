using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Sweep;

/// <summary>Trains the runs that have no row yet, until all have one, somebody asks to stop, or the time is over.</summary>
internal sealed class SweepWork
{
    // What runs may take to end after the wish to stop, each between two of its steps.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<SweepRun> _runs;
    private readonly double _averageFrom;
    private readonly SweepLog _log;
    private readonly int _threads;
    private readonly TimeSpan? _limit;
    private readonly string _title;
    private readonly string _goesOn;
    private readonly CommandContext _context;
    private int _made;

    /// <summary>Takes what is to be done.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="averageFrom">The share of the steps that time averages leave out.</param>
    /// <param name="log">Where rows are, and are kept.</param>
    /// <param name="threads">The number of runs at the same time.</param>
    /// <param name="limit">How long the work may take; null for as long as it takes.</param>
    /// <param name="title">The beginning of messages, such as "task 3 of 4: ".</param>
    /// <param name="goesOn">The end of messages: what goes on with what is kept.</param>
    /// <param name="context">Takes the progress, and the wish to stop.</param>
    public SweepWork(
        IReadOnlyList<SweepRun> runs, double averageFrom, SweepLog log, int threads, TimeSpan? limit, string title, string goesOn, CommandContext context)
    {
        (_runs, _averageFrom, _log, _threads, _limit, _title, _goesOn, _context) = (runs, averageFrom, log, threads, limit, title, goesOn, context);
        Before = runs.Count(run => log.Find(run.Id) is not null);
    }

    /// <summary>Gets the number of runs that had a row before.</summary>
    public int Before { get; }

    /// <summary>What is kept, for messages.</summary>
    public string Kept
    {
        get
        {
            int kept = Before + Volatile.Read(ref _made);
            return $"{Texts.Of(kept)} of {Texts.Count(_runs.Count, "run")} {(kept == 1 ? "is" : "are")} kept, and {_goesOn}.";
        }
    }

    /// <summary>The option that limits the time.</summary>
    public static ValueOption<TimeSpan> CreateTimeLimit() => new("--time-limit", "TIME", DurationSyntax.Format, "When to end, with what is done kept, at the latest.");

    /// <summary>Trains.</summary>
    /// <exception cref="UnfinishedException">It was ended before its end.</exception>
    /// <exception cref="IOException">A row could not be written.</exception>
    public IReadOnlyList<RunSummary> Execute()
    {
        using CancellationTokenSource limit = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(_context.Cancellation, limit.Token);

        // What is there takes no time.
        if (_limit is { } length && Before < _runs.Count)
        {
            limit.CancelAfter(length);
        }

        try
        {
            return BlockingCall.Run(
                () =>
                {
                    using ProgressLine? line = ProgressLine.Start(_context, $"{_title}run", Before, _runs.Count);
                    return RecipeSweep.Execute(
                        _runs,
                        _threads,
                        _averageFrom,
                        _log,
                        () => Interlocked.Increment(ref _made),
                        line is null ? null : new Share(line, () => Before + Volatile.Read(ref _made)),
                        stop.Token);
                },
                stop.Token,
                Patience);
        }
        catch (OperationCanceledException)
        {
            string reason = _context.Cancellation.IsCancellationRequested ? "cancelled" : $"the time limit of {Duration.Of(_limit!.Value.TotalSeconds)} is over";
            throw new UnfinishedException($"{_title}{reason}; {Kept}");
        }
    }

    /// <summary>The share of the work that is left to do, with the number of runs.</summary>
    private sealed class Share(ProgressLine line, Func<int> ended) : IProgress<double>
    {
        public void Report(double value) => line.Report(value, ended());
    }
}
