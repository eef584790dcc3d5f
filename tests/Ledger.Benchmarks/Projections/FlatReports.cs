using JasperFx;
using JasperFx.Events.Projections;
using Ledger.Domain.Entries;
using Ledger.Store;
using Ledger.Store.Hosting;
using Marten;
using Marten.Events.Projections.Flattened;
using Weasel.Core;

namespace Ledger.Benchmarks.Projections;

/// <summary>
/// The least that Marten's own projections could do with the same events: a row for each report, with its kind, neither
/// corrected nor retracted nor counted.
/// </summary>
internal sealed class FlatReports : FlatTableProjection
{
    public FlatReports()
        : base("flat_report", SchemaNameSource.EventSchema)
    {
        Name = "flat";
        Table.AddColumn<Guid>("id").AsPrimaryKey();
        Project<ReportFiled>(row => row.Map(filed => filed.Report.Kind), filed => filed.EntryId);
        Options.DeleteDataInTableOnTeardown("ledger.flat_report");
    }

    /// <summary>A store of Marten on the ledger's events that keeps nothing but these rows.</summary>
    /// <param name="connection">The ledger's database.</param>
    /// <param name="page">Events that the daemon takes at once; null is Marten's default.</param>
    public static DocumentStore StoreOn(string connection, int? page) =>
        DocumentStore.For(marten =>
        {
            LedgerStoreSetup.Configure(marten, "ledger");
            marten.Connection(connection);
            marten.AutoCreateSchemaObjects = AutoCreate.CreateOrUpdate;
            marten.Projections.Add(
                new FlatReports(),
                ProjectionLifecycle.Async,
                projection =>
                {
                    if (page is { } length)
                        projection.BatchSize = length;
                }
            );
        });
}
