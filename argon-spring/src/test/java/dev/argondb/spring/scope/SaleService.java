package dev.argondb.spring.scope;

import dev.argondb.BranchScope;
import dev.argondb.Ref;
import dev.argondb.spring.ArgonBranch;
import dev.argondb.spring.shop.Product;
import dev.argondb.spring.shop.Products;
import java.util.concurrent.CompletableFuture;
import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Works on the branch of a sale. */
@ArgonBranch("sale")
class SaleService {

    private final Products products;

    SaleService(Products products) {
        this.products = products;
    }

    public int price(String name) {
        return products.findByName(name).orElseThrow().getPrice();
    }

    @Transactional
    public void reprice(String name, int price) {
        Product product = products.findByName(name).orElseThrow();
        product.setPrice(price);
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void repriceAnyhow(String name, int price) {
        reprice(name, price);
    }

    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public int priceAnyhow(String name) {
        return price(name);
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW, transactionManager = "foreignTransactionManager")
    public int priceInForeignTransaction(String name) {
        return price(name);
    }

    @ArgonBranch("other")
    public int otherPrice(String name) {
        return price(name);
    }

    @ArgonBranch("${shop.preview}")
    public Ref configured() {
        return BranchScope.current();
    }

    @ArgonBranch("${shop.preview}")
    public int previewPrice(String name) {
        return products.findByName(name).orElseThrow().getPrice();
    }

    @OnBranch(branch = "other")
    public Ref composed() {
        return BranchScope.current();
    }

    @Async
    @Transactional
    public CompletableFuture<Integer> priceInBackground(String name) {
        return CompletableFuture.completedFuture(price(name));
    }
}
