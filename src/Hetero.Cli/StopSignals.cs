using System.Runtime.InteropServices;
using Hetero.Cli.Output;

namespace Hetero.Cli;

/// <summary>
/// The signals that ask to stop: Ctrl-C, the end of the session, and what a batch system sends before it kills, SIGTERM or SIGUSR1. The work stops and keeps what was done. A
/// second Ctrl-C ends the process at once, without temporary files; the others may come twice, from a terminal and its shell or from timeout, and only
/// ask again.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>SIGXFSZ, which .NET has no name for: a file has reached its limit. Without the signal the write fails, and is reported.</summary>
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    /// <summary>SIGUSR1, which .NET has no name for either, by the number that Linux and macOS have for it.</summary>
    private static readonly PosixSignal FirstOfTheUser = (PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10);

    // Never disposed: a signal that is on its way may still cancel it.
    private readonly CancellationTokenSource _cancellation = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals()
        => _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop),
            .. OperatingSystem.IsWindows() ? [] : (PosixSignalRegistration[])
            [
                PosixSignalRegistration.Create(FirstOfTheUser, Stop),
                PosixSignalRegistration.Create(FileTooLarge, context => context.Cancel = true),
            ],
        ];

    /// <summary>Gets what the first signal cancels.</summary>
    public CancellationToken Token => _cancellation.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = context.Signal != PosixSignal.SIGINT || !_cancellation.IsCancellationRequested;
        if (!context.Cancel)
        {
            TemporaryFile.DeleteAll();
        }

        _cancellation.Cancel();
    }
}
