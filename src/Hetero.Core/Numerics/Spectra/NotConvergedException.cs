namespace Hetero.Core.Numerics;

/// <summary>An iteration reached its limit of steps before its tolerance.</summary>
public sealed class NotConvergedException : ArithmeticException
{
    /// <summary>Creates the exception.</summary>
    public NotConvergedException()
        : this("The iteration did not converge.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What did not converge, and after how many steps.</param>
    public NotConvergedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What did not converge, and after how many steps.</param>
    /// <param name="innerException">The cause.</param>
    public NotConvergedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
