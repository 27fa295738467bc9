using System.Numerics;
using Hetero.Core.Training;

namespace Hetero.Core.Tests.Training;

/// <summary>The saved state of a trainer, to be restored from.</summary>
internal static class SavedRun
{
    public static MemoryStream Of<T>(Trainer<T> trainer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MemoryStream stream = new();
        trainer.Save(stream);
        stream.Position = 0;
        return stream;
    }
}
