namespace Hetero.Cli.Input;

/// <summary>
/// Calls that wait for somebody else and know no cancellation, such as opening or reading a pipe: the wish to stop leaves them behind on a thread of their
/// own, which does not keep the process alive.
/// </summary>
internal static class BlockingCall
{
    /// <summary>Returns what the call returns, or throws what it throws.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="patience">How long the call may still take after that.</param>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public static T Run<T>(Func<T> call, CancellationToken cancellation, TimeSpan patience = default)
    {
        if (!cancellation.CanBeCanceled)
        {
            return call();
        }

        Task<T> task = Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        WaitHandle done = ((IAsyncResult)task).AsyncWaitHandle;
        if (WaitHandle.WaitAny([done, cancellation.WaitHandle]) != 0 && !done.WaitOne(patience))
        {
            throw new OperationCanceledException(cancellation);
        }

        return task.GetAwaiter().GetResult();
    }
}
